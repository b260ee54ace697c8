import type { Clock } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { clientGone } from '../upstream/collect.ts'

/** Waits before the next attempt. @throws `client_closed` at once when the client leaves */
export function pause({ exchange }: RequestContext, clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => {
      exchange.onGone(undefined)
      resolve()
    })
    exchange.onGone(() => {
      timer.cancel()
      reject(clientGone())
    })
  })
}
