import type { UsageSheetQuery } from '@tianjillm/spend'
import { type JsonBytes, piece } from './json-bytes.ts'

/** What {@link writeMetrics} is told, in this order. */
export const metricSums = [['costNanoUsd'], ['promptTokens'], ['completionTokens'], ['cacheReadTokens'], ['cacheWriteTokens'], ['requests'], ['failures']] as const satisfies UsageSheetQuery['sums']

const spendIs = piece('{"spend":')
const promptIs = piece(',"prompt_tokens":')
const completionIs = piece(',"completion_tokens":')
const cacheReadIs = piece(',"cache_read_input_tokens":')
const cacheWrittenIs = piece(',"cache_creation_input_tokens":')
const totalIs = piece(',"total_tokens":')
const successfulIs = piece(',"successful_requests":')
const failedIs = piece(',"failed_requests":')
const requestsAre = piece(',"api_requests":')
const end = piece('}')

/** Writes LiteLLM's `SpendMetrics`. @param sums columns of {@link metricSums} @param row which of them */
export function writeMetrics(json: JsonBytes, sums: readonly ArrayLike<number>[], row: number): void {
  const prompt = sums[1]![row]!
  const completion = sums[2]![row]!
  const requests = sums[5]![row]!
  const failures = sums[6]![row]!
  json.put(spendIs)
  json.usd(sums[0]![row]!)
  json.put(promptIs)
  json.whole(prompt)
  json.put(completionIs)
  json.whole(completion)
  json.put(cacheReadIs)
  json.whole(sums[3]![row]!)
  json.put(cacheWrittenIs)
  json.whole(sums[4]![row]!)
  json.put(totalIs)
  json.whole(prompt + completion)
  json.put(successfulIs)
  json.whole(requests - failures)
  json.put(failedIs)
  json.whole(failures)
  json.put(requestsAre)
  json.whole(requests)
  json.put(end)
}
