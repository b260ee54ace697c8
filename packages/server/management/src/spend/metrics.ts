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

/** Writes LiteLLM's `SpendMetrics`. @param sums of {@link metricSums} */
export function writeMetrics(json: JsonBytes, sums: readonly number[]): void {
  const [spend, prompt, completion, cacheRead, cacheWritten, requests, failures] = sums as [number, number, number, number, number, number, number]
  json.put(spendIs)
  json.usd(spend)
  json.put(promptIs)
  json.whole(prompt)
  json.put(completionIs)
  json.whole(completion)
  json.put(cacheReadIs)
  json.whole(cacheRead)
  json.put(cacheWrittenIs)
  json.whole(cacheWritten)
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
