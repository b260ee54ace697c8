import type { Ask, SkipReason } from './choice.ts'
import type { RoutedDeployment } from './deployment.ts'
import type { Seat } from './seat.ts'

/** Why a deployment cannot take the call, if it cannot; what is cheapest to see comes first. */
export function refusal(seat: Seat<RoutedDeployment>, ask: Ask, now: number, minute: number, input: number): SkipReason | undefined {
  const { deployment, track } = seat
  if (ask.closed?.has(seat.id)) return 'closed'
  if (ask.tried?.has(seat.id)) return 'tried'
  if (ask.region !== undefined && deployment.region?.toLowerCase().startsWith(ask.region) !== true) return 'region'
  if (deployment.capabilities && ask.needs?.every((need) => deployment.capabilities!.has(need)) === false) return 'capabilities'
  // Below 0: no pre-call checks.
  if (input >= 0) {
    if (deployment.contextWindow !== undefined && input > deployment.contextWindow) return 'context_window'
    if (deployment.rpm !== undefined && track.requests(minute) >= deployment.rpm) return 'over_limit'
    if (deployment.tpm !== undefined && track.tokens(minute) + input > deployment.tpm) return 'over_limit'
    if (deployment.maxParallel !== undefined && track.inFlight >= deployment.maxParallel) return 'over_limit'
  }
  if (track.circuit.until === undefined) return undefined
  const state = track.circuit.state(now)
  return state === 'open' ? 'cooldown' : track.circuit.wait(now) > 0 ? 'probing' : undefined
}
