import { inputTokens, outputTokens, type Usage } from '@tianjillm/core'
import type { AttributeValue } from './attributes.ts'

/** `gen_ai.usage.*`: totals always, the classes within them when there are any. */
export function usageAttributes(usage: Usage | undefined): Record<string, AttributeValue | undefined> {
  if (!usage) return {}
  const some = (count: number): number | undefined => (count > 0 ? count : undefined)
  return {
    'gen_ai.usage.input_tokens': inputTokens(usage),
    'gen_ai.usage.output_tokens': outputTokens(usage),
    'gen_ai.usage.cache_read.input_tokens': some(usage.cacheRead),
    'gen_ai.usage.cache_creation.input_tokens': some(usage.cacheWrite5m + usage.cacheWrite1h),
    'gen_ai.usage.reasoning.output_tokens': some(usage.reasoning),
    'gen_ai.usage.audio.input_tokens': some(usage.inputAudio),
    'gen_ai.usage.audio.output_tokens': some(usage.outputAudio),
    'gen_ai.usage.image.input_tokens': some(usage.inputImage),
  }
}
