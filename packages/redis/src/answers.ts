import { GatewayError } from '@tianjillm/core'
import { type LimitRule, type LimitState, limitAt } from '@tianjillm/limits'

/** What the scripts that look at rules answer: a word, then numbers. */
export type Answer = readonly (string | number)[]

/** Each rule's state, from an answer's start, value and held of each. */
export function statesOf(answer: Answer, rules: readonly LimitRule[], now: number): LimitState[] {
  return rules.map((rule, i) => stateOf(rule, answer[1 + i * 3] as number, answer[2 + i * 3] as number, answer[3 + i * 3] as number, now))
}

/** Start of each rule's period. */
export function startsOf(answer: Answer, count: number): number[] {
  const starts: number[] = []
  for (let i = 0; i < count; i += 1) starts.push(answer[1 + i * 3] as number)
  return starts
}

export function stateOf(rule: LimitRule, start: number, value: number, held: number, now: number): LimitState {
  const limit = limitAt(rule, now)
  if (rule.counted === 'parallel') return { rule, limit, used: held, held: 0, resetsAt: Number.POSITIVE_INFINITY }
  return { rule, limit, used: value, held: rule.counted === 'budget' ? held : 0, resetsAt: rule.period(start).end }
}

/** @param retryAfter seconds */
export function unavailable({ scope, name }: LimitRule, retryAfter = 1): GatewayError {
  return new GatewayError('limits_unavailable', `The budget of ${scope.replace('_', ' ')} ${JSON.stringify(name)} cannot be checked at the moment: what the replicas of this gateway spent together is out of reach. Retry shortly.`, { retryAfter })
}
