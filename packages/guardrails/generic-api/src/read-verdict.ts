import { GatewayError, type Verdict } from '@tianjillm/core'
import { asArray, asRecord, asString } from '@tianjillm/provider-kit'

/** The service's answer as a verdict on `count` texts. @throws `guardrail_failed` for anything outside the protocol */
export function readVerdict(answer: unknown, count: number): Verdict {
  const { action, texts, blocked_reason: reason } = asRecord(answer)
  if (action === 'NONE') return { outcome: 'pass' }
  if (action === 'BLOCKED') return { outcome: 'flag', reason: asString(reason) ?? 'The guardrail service gave no reason.' }
  if (action === 'GUARDRAIL_INTERVENED') {
    const list = asArray(texts)
    if (list.length === count && list.every((text) => typeof text === 'string')) return { outcome: 'rewrite', texts: list as string[], reason: asString(reason) ?? 'Rewritten by the guardrail service.' }
    throw malformed(`GUARDRAIL_INTERVENED without ${count} texts`)
  }
  throw malformed('no known action')
}

function malformed(what: string): GatewayError {
  return new GatewayError('guardrail_failed', `The guardrail service answered with ${what}. Expected is LiteLLM's Generic Guardrail API.`)
}
