import type { Clock, Timer } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'

/** Closes providers that are no longer called once no request can be using them. */
export interface Retirement {
  retire(deployment: Deployment): void
  /** Closes all that still wait. */
  close(): Promise<void>
}

/** Milliseconds beyond the longest time of a call, for what is settled after it. */
const MARGIN_MS = 60_000

export function createRetirement(clock: Clock): Retirement {
  const waiting = new Map<Deployment, Timer>()
  const end = async ({ provider }: Deployment): Promise<void> => {
    await Promise.resolve(provider.close?.()).catch(() => undefined)
  }
  return {
    retire(deployment) {
      if (!deployment.provider.close) return
      const longest = Math.max(deployment.timeouts.total ?? 0, deployment.streamTimeouts.total ?? 0) + MARGIN_MS
      waiting.set(deployment, clock.after(longest, () => {
        waiting.delete(deployment)
        void end(deployment)
      }))
    },
    async close() {
      const all = [...waiting.keys()]
      for (const timer of waiting.values()) timer.cancel()
      waiting.clear()
      await Promise.all(all.map(end))
    },
  }
}
