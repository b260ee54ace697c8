import { inputTokens, outputTokens, type Usage, usage } from './usage.ts'
import type { ResponsesUsage } from './wire/responses.ts'

const count = (value: unknown): number => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.floor(value) : 0)

/**
 * Reads the inclusive counts of the Responses API into disjoint classes. Tolerates missing and null fields.
 * Source: https://platform.openai.com/docs/api-reference/responses/object
 */
export function usageFromResponses(wire: unknown): Usage | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined
  const { input_tokens: given, output_tokens: made, input_tokens_details: input, output_tokens_details: output } = wire as Partial<ResponsesUsage>
  if (typeof given !== 'number' && typeof made !== 'number') return undefined
  const [all, written] = [count(given), count(made)]
  const cacheRead = Math.min(all, count(input?.cached_tokens))
  const cacheWrite5m = Math.min(all - cacheRead, count(input?.cache_write_tokens))
  const reasoning = Math.min(written, count(output?.reasoning_tokens))
  return usage({ input: all - cacheRead - cacheWrite5m, cacheRead, cacheWrite5m, output: written - reasoning, reasoning })
}

/** The `usage` object of the Responses API for `u`. */
export function usageToResponses(u: Usage): ResponsesUsage {
  const [all, written] = [inputTokens(u), outputTokens(u)]
  const cacheWrite = u.cacheWrite5m + u.cacheWrite1h
  return {
    input_tokens: all,
    input_tokens_details: { cached_tokens: u.cacheRead, ...(cacheWrite > 0 && { cache_write_tokens: cacheWrite }) },
    output_tokens: written,
    output_tokens_details: { reasoning_tokens: u.reasoning },
    total_tokens: all + written,
  }
}
