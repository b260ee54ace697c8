import type { ErrorClass } from '../error-class.ts'

/** When a deployment rests, and for how long. All times are milliseconds. */
export interface CooldownPolicy {
  /** False: nothing ever rests. */
  readonly enabled: boolean
  readonly cooldownMs: number
  /** An upstream's own word (`Retry-After`) counts up to this. */
  readonly maxCooldownMs: number
  /** Failures in a minute that are put up with. Undefined: the rules by status and rate hold. */
  readonly allowedFails?: number
  /** The same for single classes of errors; it comes before {@link allowedFails}. */
  readonly allowedFailsPolicy?: Readonly<Partial<Record<ErrorClass, number>>>
  /** Share of failures in the last minute above which a deployment rests, */
  readonly failureRate: number
  /** once so many calls ended in it. */
  readonly minimumRequests: number
  /** The same for a deployment that is alone in its group: it rests only when so many failed, and nothing else. */
  readonly minimumRequestsAlone: number
}

/** LiteLLM's defaults (`cooldown_time` 5 s, more than half of at least 5 calls), and one hour for an upstream's own word. */
export const defaultCooldown: CooldownPolicy = {
  enabled: true,
  cooldownMs: 5_000,
  maxCooldownMs: 3_600_000,
  failureRate: 0.5,
  minimumRequests: 5,
  minimumRequestsAlone: 1_000,
}
