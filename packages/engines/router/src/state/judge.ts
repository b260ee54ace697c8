import type { ErrorClass } from '../error-class.ts'
import type { CooldownPolicy } from './cooldown-policy.ts'
import { MinuteRing } from './minute-ring.ts'
import type { Outcome } from './outcome.ts'
import type { Track } from './track.ts'

/** What is the request's fault, or nobody's: not the deployment's. */
const innocent: ReadonlySet<ErrorClass> = new Set(['bad_request', 'content_policy', 'context_window', 'no_deployment'])

/** One such failure is enough, where another deployment can answer meanwhile. */
const atOnce: ReadonlySet<ErrorClass> = new Set(['authentication', 'not_found', 'rate_limit'])

/** Whether a failure says something about the deployment. */
export function counts(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy): boolean {
  if (policy.allowedFailsPolicy?.[error.class] !== undefined) return true
  return !innocent.has(error.class) && !(error.class === 'not_found' && track.manyModels)
}

/**
 * Notes a failure that counts, and tells for how long the deployment is to rest (milliseconds), if at all.
 * The rules are LiteLLM's (https://docs.litellm.ai/docs/routing#cooldowns), but that an upstream's `Retry-After` is always heeded where
 * another deployment can answer meanwhile. One that is alone goes on: that a request was too much says little of the next one, and the
 * upstream's own words help callers more than ours.
 */
export function restFor(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy, now: number, probing: boolean): number | undefined {
  const own = track.cooldownMs ?? policy.cooldownMs
  track.failed.add(now)
  track.judgedIll.add(now)
  let ofClass: MinuteRing | undefined
  if (policy.allowedFailsPolicy?.[error.class] !== undefined) {
    ofClass = track.failedBy.get(error.class)
    if (!ofClass) track.failedBy.set(error.class, (ofClass = new MinuteRing()))
    ofClass.add(now)
  }
  // A deployment whose own time is 0 never rests.
  if (track.cooldownMs === 0) return undefined
  if (error.retryAfterMs !== undefined && error.retryAfterMs > 0 && !track.alone) return Math.max(own, Math.min(error.retryAfterMs, policy.maxCooldownMs))
  return probing || tooMuch(error, track, policy, now, ofClass) ? own : undefined
}

function tooMuch(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy, now: number, ofClass: MinuteRing | undefined): boolean {
  if (ofClass) return ofClass.sum(now) > policy.allowedFailsPolicy![error.class]!
  const failed = track.judgedIll.sum(now)
  if (policy.allowedFails !== undefined) return failed > policy.allowedFails
  const ended = failed + track.judgedWell.sum(now)
  if (track.alone) return failed === ended && ended >= policy.minimumRequestsAlone
  return atOnce.has(error.class) || (ended >= policy.minimumRequests && failed / ended > policy.failureRate)
}
