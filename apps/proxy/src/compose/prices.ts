import { NANO, nanoPerToken, type Prices } from '@tianjillm/spend'

/** Prices that a config sets (LiteLLM's keys, USD per token), or undefined when it sets none. */
export function pricesOf(...sources: readonly Readonly<Record<string, unknown>>[]): Prices | undefined {
  const read = (key: string): number | undefined => {
    const value = sources.map((source) => source[key]).find((found) => typeof found === 'number' && found >= 0)
    return value as number | undefined
  }
  const perToken = (key: string): number | undefined => {
    const value = read(key)
    return value === undefined ? undefined : nanoPerToken(value)
  }
  const input = perToken('input_cost_per_token')
  const output = perToken('output_cost_per_token')
  const perRequest = read('input_cost_per_request')
  if (input === undefined && output === undefined && perRequest === undefined) return undefined
  const optional: Record<string, number | undefined> = {
    cacheRead: perToken('cache_read_input_token_cost'),
    cacheWrite5m: perToken('cache_creation_input_token_cost'),
    cacheWrite1h: perToken('cache_creation_input_token_cost_above_1hr'),
    inputAudio: perToken('input_cost_per_audio_token'),
    outputAudio: perToken('output_cost_per_audio_token'),
    reasoning: perToken('output_cost_per_reasoning_token'),
    perRequest: perRequest === undefined ? undefined : perRequest * NANO,
  }
  return { input: input ?? 0, output: output ?? 0, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) }
}
