import { type Usage, usage } from '@tianjillm/core'
import { asArray, asNumber, asRecord, isRecord } from '@tianjillm/provider-kit'

/**
 * Converse's `usage`. What was read from or written to the cache stands beside `inputTokens`, not
 * within. `cacheDetails` tells writes by their life time.
 * Sources: API_runtime_TokenUsage and https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function usageOf(body: unknown): Usage | undefined {
  const told = asRecord(body)['usage']
  if (!isRecord(told)) return undefined
  const [input, output] = [told['inputTokens'], told['outputTokens']].map(asNumber)
  if (input === undefined && output === undefined) return undefined
  const written = count(told['cacheWriteInputTokens'] ?? told['cacheWriteInputTokenCount'])
  const hour = asArray(told['cacheDetails']).map(asRecord).filter(({ ttl }) => ttl === '1h').reduce((sum, { inputTokens }) => sum + count(inputTokens), 0)
  return usage({
    input: count(input),
    cacheRead: count(told['cacheReadInputTokens'] ?? told['cacheReadInputTokenCount']),
    cacheWrite5m: Math.max(0, written - hour),
    cacheWrite1h: hour,
    output: count(output),
  })
}

function count(value: unknown): number {
  return Math.max(0, Math.floor(asNumber(value) ?? 0))
}
