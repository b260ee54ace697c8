import { GatewayError } from '@tianjillm/core'
import type { Counted } from './rule.ts'
import type { Amount, LimitState } from './store.ts'

/** `rate_limit_type`, LiteLLM's values. */
const wireType: Readonly<Record<Counted, string>> = { requests: 'requests', tokens: 'tokens', input_tokens: 'tokens', output_tokens: 'tokens', parallel: 'concurrent_requests', budget: 'budget' }

/** The error for a call that a limit refuses: whose limit, what it counts, in which window, and when to come back. */
export function refusal(state: LimitState, estimate: Amount, now: number): GatewayError {
  const { rule, resetsAt } = state
  const message = rule.counted === 'budget' ? budgetWords(state, estimate) : rateWords(state)
  const seconds = Number.isFinite(resetsAt) ? Math.max(1, Math.ceil((resetsAt - now) / 1000)) : undefined
  const retryAfter = waitsForOthers(state, estimate) ? 1 : seconds
  const headers: Record<string, string> = { rate_limit_type: wireType[rule.counted], ...(seconds !== undefined && { reset_at: new Date(resetsAt).toISOString() }) }
  const rates: string[] = []
  addRateHeaders(rates, [state], now)
  for (let i = 0; i < rates.length; i += 2) headers[rates[i]!] = rates[i + 1]!
  return new GatewayError(rule.counted === 'budget' ? 'budget_exceeded' : rule.counted === 'parallel' ? 'too_many_parallel_requests' : 'rate_limit_exceeded', message, {
    headers, ...(retryAfter !== undefined && { retryAfter }),
  })
}

/** Whether the end of a call in flight may make room. */
function waitsForOthers({ rule, limit, used, held }: LimitState, estimate: Amount): boolean {
  if (rule.counted === 'parallel') return limit > 0
  return rule.counted === 'budget' && held > 0 && used + estimate.nanoUsd <= limit && used < limit
}

/** Adds `x-ratelimit-*` of the tightest request and token limits to a flat list of names and values. */
export function addRateHeaders(headers: string[], states: readonly LimitState[], now: number): void {
  let requests: LimitState | undefined
  let tokens: LimitState | undefined
  for (const state of states) {
    const kind = wireType[state.rule.counted]
    if (kind === 'requests') requests = tighter(requests, state)
    else if (kind === 'tokens') tokens = tighter(tokens, state)
  }
  if (requests) addRate(headers, 'x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests', requests, now)
  if (tokens) addRate(headers, 'x-ratelimit-limit-tokens', 'x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens', tokens, now)
}

function tighter(a: LimitState | undefined, b: LimitState): LimitState {
  return a === undefined || b.limit - b.used < a.limit - a.used ? b : a
}

function addRate(headers: string[], limitName: string, remainingName: string, resetName: string, { limit, used, resetsAt }: LimitState, now: number): void {
  headers.push(limitName, String(limit), remainingName, String(Math.max(0, limit - used)), resetName, `${Math.max(1, Math.ceil((resetsAt - now) / 1000))}s`)
}

function whose({ rule: { scope, name, model } }: LimitState): string {
  return `${scope.replace('_', ' ')} ${JSON.stringify(name)}${model === undefined ? '' : `, model ${JSON.stringify(model)}`}`
}

function rateWords(state: LimitState): string {
  const { rule, limit, used, resetsAt } = state
  const reset = Number.isFinite(resetsAt) ? ` Limit resets at: ${utc(resetsAt)}.` : ' A place becomes free when a call in flight ends.'
  return `Rate limit exceeded for ${whose(state)}. Limit type: ${rule.counted === 'parallel' ? 'max_parallel_requests' : rule.counted}. Current limit: ${limit} (${rule.window}), remaining: ${Math.max(0, limit - used)}.${reset}`
}

/** Begins as LiteLLM's does; its clients look for that. */
function budgetWords(state: LimitState, estimate: Amount): string {
  const { rule, limit, used, held, resetsAt } = state
  const reset = Number.isFinite(resetsAt) ? ` The ${rule.window} budget resets at ${utc(resetsAt)}.` : ' The budget does not reset.'
  return `Budget has been exceeded! Current cost: ${usd(used)}, Max budget: ${usd(limit)}. Budget of ${whose(state)}; held by calls in flight: ${usd(held)}, this call may cost: ${usd(estimate.nanoUsd)}.${reset}`
}

function usd(nano: number): string {
  const text = (nano / 1e9).toFixed(9).replace(/0+$/, '')
  return text.endsWith('.') ? `${text}0` : text
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
