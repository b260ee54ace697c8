import { type OpenAIUsage, type Usage, usage, usageToOpenAI } from '@tianjillm/core'
import { asNumber, asRecord, isRecord } from '@tianjillm/provider-kit'

/**
 * Usage told by an answer, or by one event of a stream. `message_start` tells the input under
 * `message.usage`; `message_delta` tells totals so far, which replace what came before.
 */
export function usageOfBody(body: unknown, before?: Usage): Usage | undefined {
  if (!isRecord(body)) return before
  const told = isRecord(body['usage']) ? body['usage'] : asRecord(body['message'])['usage']
  return isRecord(told) ? readUsage(told, before) : before
}

/** Anthropic's classes are disjoint already, but for thinking, which is within `output_tokens`. */
function readUsage(told: Readonly<Record<string, unknown>>, before: Usage | undefined): Usage | undefined {
  const input = count(told['input_tokens'])
  const output = count(told['output_tokens'])
  if (input === undefined && output === undefined) return before
  const thinking = count(asRecord(told['output_tokens_details'])['thinking_tokens'])
  const outputTotal = output ?? (before ? before.output + before.reasoning : 0)
  const reasoning = Math.min(thinking ?? before?.reasoning ?? 0, outputTotal)
  return usage({
    input: input ?? before?.input ?? 0,
    cacheRead: count(told['cache_read_input_tokens']) ?? before?.cacheRead ?? 0,
    ...cacheWrites(told, before),
    output: outputTotal - reasoning,
    reasoning,
  })
}

function cacheWrites(told: Readonly<Record<string, unknown>>, before: Usage | undefined): { cacheWrite5m: number; cacheWrite1h: number } {
  const split = asRecord(told['cache_creation'])
  const fiveMinutes = count(split['ephemeral_5m_input_tokens'])
  const oneHour = count(split['ephemeral_1h_input_tokens'])
  if (fiveMinutes !== undefined || oneHour !== undefined) return { cacheWrite5m: fiveMinutes ?? 0, cacheWrite1h: oneHour ?? 0 }
  const known = { cacheWrite5m: before?.cacheWrite5m ?? 0, cacheWrite1h: before?.cacheWrite1h ?? 0 }
  const total = count(told['cache_creation_input_tokens'])
  // The last event tells the sum only; the hour's part is known from the first.
  return total === undefined ? known : { cacheWrite1h: Math.min(known.cacheWrite1h, total), cacheWrite5m: Math.max(0, total - known.cacheWrite1h) }
}

function count(value: unknown): number | undefined {
  const number = asNumber(value)
  return number === undefined ? undefined : Math.max(0, Math.floor(number))
}

/** OpenAI's `usage`, with Anthropic's count of server tool calls where there were any. */
export function usageField(u: Usage, told: unknown): OpenAIUsage {
  const calls = asRecord(told)['server_tool_use']
  const called = Object.values(asRecord(calls)).some((value) => typeof value === 'number' && value > 0)
  return Object.assign(usageToOpenAI(u), called && { server_tool_use: calls })
}
