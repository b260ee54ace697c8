import { asArray, asNumber, asRecord, asString, isRecord } from '@tianjillm/provider-kit'

/** One token in OpenAI's form. */
interface TokenLogprob {
  token: string
  logprob: number
  bytes: number[] | null
}

/** `logprobsResult` of a candidate as OpenAI's `logprobs`. Source: https://ai.google.dev/api/generate-content#LogprobsResult */
export function decodeLogprobs(result: unknown): { content: (TokenLogprob & { top_logprobs: TokenLogprob[] })[]; refusal: null } | undefined {
  if (!isRecord(result) || !Array.isArray(result['chosenCandidates'])) return undefined
  const top = asArray(result['topCandidates'])
  return {
    content: result['chosenCandidates'].map((chosen, i) => ({ ...tokenOf(chosen), top_logprobs: asArray(asRecord(top[i])['candidates']).map(tokenOf) })),
    refusal: null,
  }
}

function tokenOf(candidate: unknown): TokenLogprob {
  const { token, logProbability } = asRecord(candidate)
  const text = asString(token) ?? ''
  return { token: text, logprob: asNumber(logProbability) ?? 0, bytes: [...Buffer.from(text)] }
}
