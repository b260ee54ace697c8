import { addRateHeaders, type LimitState } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'

/**
 * Adds LiteLLM's headers on where a key's limits stand to a flat list of names and values.
 * @param cost nano-USD of this call, as far as it is known
 * @returns whether `x-ratelimit-*` are among them
 */
export function addLimitHeaders(headers: string[], states: readonly LimitState[], cost: number, now: number): boolean {
  let rated = false
  let spent = false
  let bounded = false
  for (const { rule, limit, used } of states) {
    const { counted, model } = rule
    if (counted === 'parallel') continue
    if (counted !== 'budget') rated = true
    if (rule.scope !== 'key') continue
    if (counted !== 'budget') addKeyRate(headers, counted === 'requests' ? 'requests' : 'tokens', model, limit, used)
    else if (model === undefined) {
      if (!spent) headers.push('x-litellm-key-spend', String(toUsd(used + cost)))
      spent = true
      if (!bounded && limit !== Number.POSITIVE_INFINITY) {
        headers.push('x-litellm-key-max-budget', String(toUsd(limit)))
        bounded = true
      }
    }
  }
  if (rated) addRateHeaders(headers, states, now)
  return rated
}

function addKeyRate(headers: string[], kind: 'requests' | 'tokens', model: string | undefined, limit: number, used: number): void {
  if (model === undefined) headers.push(kind === 'requests' ? 'x-litellm-key-rpm-limit' : 'x-litellm-key-tpm-limit', String(limit))
  // A model's name may hold what a header's name must not.
  else if (/^[\w.-]+$/.test(model)) headers.push(`x-litellm-key-remaining-${kind}-${model}`, String(Math.max(0, limit - used)))
}
