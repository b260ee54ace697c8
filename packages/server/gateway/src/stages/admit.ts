import { GatewayError } from '@tianjillm/core'

/** The one door: every request passes here before any work is done for it, and leaves when it is settled. */
export interface AdmissionGate {
  /** Counts a request in. @throws `shutting_down`, `too_many_parallel_requests` */
  enter(maxParallel: number | undefined): void
  /** Counts it out. */
  leave(): void
  readonly inFlight: number
  /** Refuses newcomers; resolves when nobody is left, or when the signal fires. */
  drain(signal: AbortSignal): Promise<void>
}

export function createAdmissionGate(): AdmissionGate {
  let inFlight = 0
  let draining = false
  const waiting = new Set<() => void>()
  return {
    enter(maxParallel) {
      if (draining) throw new GatewayError('shutting_down', 'This replica is shutting down. Retry the request.', { retryAfter: 1 })
      if (maxParallel !== undefined && inFlight >= maxParallel) {
        throw new GatewayError('too_many_parallel_requests', `The gateway handles ${maxParallel} requests at once (general_settings.global_max_parallel_requests). Retry shortly.`, { retryAfter: 1 })
      }
      inFlight += 1
    },
    leave() {
      inFlight -= 1
      if (inFlight === 0) for (const resolve of waiting) resolve()
    },
    get inFlight() {
      return inFlight
    },
    drain(signal) {
      draining = true
      if (inFlight === 0 || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.add(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
  }
}
