import { type LimitState, rateHeaders } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'

/** LiteLLM's headers on where a key's limits stand, as a flat list. @param cost nano-USD of this call, as far as it is known */
export function limitHeaders(states: readonly LimitState[], cost: number, now: number): string[] {
  const headers: string[] = []
  let rated = false
  let spent = false
  for (const { rule, limit, used } of states) {
    const { counted, model } = rule
    if (counted === 'budget') {
      if (rule.scope !== 'key' || model !== undefined) continue
      if (!spent) headers.push('x-litellm-key-spend', String(toUsd(used + cost)))
      spent = true
      if (limit !== Number.POSITIVE_INFINITY && !headers.includes('x-litellm-key-max-budget')) headers.push('x-litellm-key-max-budget', String(toUsd(limit)))
      continue
    }
    if (counted === 'parallel') continue
    rated = true
    if (rule.scope !== 'key') continue
    const kind = counted === 'requests' ? 'requests' : 'tokens'
    if (model === undefined) headers.push(kind === 'requests' ? 'x-litellm-key-rpm-limit' : 'x-litellm-key-tpm-limit', String(limit))
    // A model's name may hold what a header's name must not.
    else if (/^[\w.-]+$/.test(model)) headers.push(`x-litellm-key-remaining-${kind}-${model}`, String(Math.max(0, limit - used)))
  }
  return rated ? headers.concat(rateHeaders(states, now)) : headers
}
