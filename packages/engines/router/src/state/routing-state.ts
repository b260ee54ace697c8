import type { Clock } from '@tianjillm/core'
import type { CooldownPolicy } from './cooldown-policy.ts'
import { counts, restFor } from './judge.ts'
import type { Outcome } from './outcome.ts'
import type { MinuteUse, RoutingShare } from './routing-share.ts'
import { type DeploymentHealth, Track } from './track.ts'

/** What is known of deployments from the calls that went to them. It outlives routers, which are swapped when settings change. */
export interface RoutingState {
  readonly clock: Clock
  /** An attempt goes out. */
  began(id: string): void
  /** It ended. Every attempt that began must. */
  ended(id: string, outcome: Outcome): void
  configure(policy: CooldownPolicy): void
  snapshot(id: string): DeploymentHealth
  /** Forgets deployments that are not among these, but for those in use. */
  retain(ids: ReadonlySet<string>): void
  /** The live figures of a deployment, for a router. */
  track(id: string): Track
}

export interface RoutingStateOptions {
  readonly clock: Clock
  readonly cooldown: CooldownPolicy
  /** The other replicas; absent: this process is alone. */
  readonly share?: RoutingShare
}

export const MINUTE_MS = 60_000

/** Deployments that others may tell of without this replica having heard of them. */
const MOST_STRANGERS = 10_000

export function createRoutingState({ clock, cooldown, share }: RoutingStateOptions): RoutingState {
  const tracks = new Map<string, Track>()
  let policy = cooldown

  const track = (id: string): Track => {
    let known = tracks.get(id)
    if (!known) tracks.set(id, (known = new Track()))
    return known
  }
  const minute = (): number => Math.floor(clock.now() / MINUTE_MS)

  share?.start({
    rest(id, ms) {
      if (!policy.enabled || (!tracks.has(id) && tracks.size >= MOST_STRANGERS)) return
      track(id).circuit.open(clock.monotonic() + Math.min(ms, policy.maxCooldownMs))
    },
    used(at) {
      let limits = false
      const uses: MinuteUse[] = []
      for (const [id, { limited, own }] of tracks) {
        if (!limited) continue
        limits = true
        const use = own(at)
        if (use.requests + use.tokens > 0) uses.push({ id, ...use })
      }
      return limits ? uses : undefined
    },
    usedByOthers(at, uses) {
      for (const { id, requests, tokens } of uses) tracks.get(id)?.useOfOthers(at, requests, tokens)
    },
  })

  return {
    clock,
    track,
    configure(next) {
      policy = next
      // Who switches rests off wants those that rest back.
      if (!next.enabled) for (const { circuit } of tracks.values()) circuit.lift()
    },
    began(id) {
      const at = track(id)
      at.inFlight += 1
      at.use(minute(), 1, 0)
      if (at.circuit.until !== undefined) at.circuit.sent(clock.monotonic(), at.cooldownMs ?? policy.cooldownMs)
    },
    ended(id, { ok, latencyMs, firstByteMs, inputTokens = 0, outputTokens, error, cancelled }) {
      const at = track(id)
      if (at.inFlight > 0) at.inFlight -= 1
      const tokens = inputTokens + (outputTokens ?? 0)
      if (tokens > 0) at.use(minute(), 0, tokens)
      const { circuit } = at
      if (cancelled) {
        // While others are under way, one of them may be the probe.
        if (at.inFlight === 0) circuit.release()
        return
      }
      const now = clock.monotonic()
      if (ok || !error || !counts(error, at, policy)) {
        if (ok) at.measured(now, latencyMs, firstByteMs, outputTokens)
        at.succeeded.add(now)
        at.judgedWell.add(now)
        circuit.succeeded(now)
        return
      }
      // As long as it took to answer nothing, for one token.
      if (error.class === 'timeout') at.measured(now, latencyMs, firstByteMs ?? latencyMs, 1)
      const was = circuit.state(now)
      const rest = restFor(error, at, policy, now, was === 'half_open')
      if (!policy.enabled || rest === undefined) return
      // Calls that were under way when the rest began do not draw it out, unless the upstream says so.
      if (was === 'open' && error.retryAfterMs === undefined) return
      if (circuit.open(now + rest)) {
        at.forgetFailures()
        share?.cooled(id, rest)
      }
    },
    retain(ids) {
      const now = clock.monotonic()
      for (const [id, { inFlight, circuit }] of tracks) if (!ids.has(id) && inFlight === 0 && circuit.state(now) !== 'open') tracks.delete(id)
    },
    snapshot(id) {
      const at = tracks.get(id)
      if (!at) return { state: 'closed', inFlight: 0, rpmUsed: 0, tpmUsed: 0 }
      const now = clock.monotonic()
      const { until } = at.circuit
      const failed = at.failed.sum(now)
      const ended = failed + at.succeeded.sum(now)
      const current = minute()
      return {
        state: at.circuit.state(now),
        ...(until !== undefined && { until: Math.round(clock.now() + until - now) }),
        ...(ended > 0 && { errorRate: failed / ended }),
        ...(at.latencyMs !== undefined && { latencyMs: at.latencyMs }),
        ...(at.tokenMs !== undefined && { tokenMs: at.tokenMs }),
        ...(at.firstByteMs !== undefined && { firstByteMs: at.firstByteMs }),
        inFlight: at.inFlight, rpmUsed: at.requests(current), tpmUsed: at.tokens(current),
      }
    },
  }
}
