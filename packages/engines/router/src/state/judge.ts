import type { ErrorClass } from '../error-class.ts'
import type { CooldownPolicy } from './cooldown-policy.ts'
import { MinuteRing } from './minute-ring.ts'
import type { Outcome } from './outcome.ts'
import type { Track } from './track.ts'

/** What is the request's fault, and not the deployment's. */
const callersFault: ReadonlySet<ErrorClass> = new Set(['bad_request', 'content_policy', 'context_window'])

/** Whether a failure says something about the deployment. */
export function counts(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy): boolean {
  if (policy.allowedFailsPolicy?.[error.class] !== undefined) return true
  return !callersFault.has(error.class) && !(error.class === 'not_found' && track.manyModels)
}

/**
 * Notes a failure that counts, and tells for how long the deployment is to rest (milliseconds), if at all.
 * The rules are LiteLLM's (https://docs.litellm.ai/docs/routing#cooldowns), but that an upstream's `Retry-After` is always heeded.
 */
export function restFor(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy, now: number, probing: boolean): number | undefined {
  const own = track.cooldownMs ?? policy.cooldownMs
  track.failed.add(now)
  let ofClass: MinuteRing | undefined
  if (policy.allowedFailsPolicy?.[error.class] !== undefined) {
    ofClass = track.failedBy.get(error.class)
    if (!ofClass) track.failedBy.set(error.class, (ofClass = new MinuteRing()))
    ofClass.add(now)
  }
  if (error.retryAfterMs !== undefined && error.retryAfterMs > 0) return Math.max(own, Math.min(error.retryAfterMs, policy.maxCooldownMs))
  return probing || tooMuch(error, track, policy, now, ofClass) ? own : undefined
}

function tooMuch(error: NonNullable<Outcome['error']>, track: Track, policy: CooldownPolicy, now: number, ofClass: MinuteRing | undefined): boolean {
  if (ofClass) return ofClass.sum(now) > policy.allowedFailsPolicy![error.class]!
  const failed = track.failed.sum(now)
  if (policy.allowedFails !== undefined) return failed > policy.allowedFails
  if (error.class === 'authentication' || error.class === 'not_found') return true
  const ended = failed + track.succeeded.sum(now)
  if (track.alone) return failed === ended && ended >= policy.minimumRequestsAlone
  return error.class === 'rate_limit' || (ended >= policy.minimumRequests && failed / ended > policy.failureRate)
}
