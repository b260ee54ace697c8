import type { Clock, Log } from '@tianjillm/core'
import type { CallbackBinding } from '@tianjillm/gateway'
import { createScheduler, type Scheduler } from '@tianjillm/scheduler'

/** How often losses of callbacks are looked for. */
const REPORT_MS = 60_000

/** What the proxy does periodically. */
export function startJobs(callbacks: () => readonly CallbackBinding[], clock: Clock, log: Log): Scheduler {
  const scheduler = createScheduler({ clock, log })
  scheduler.every({ name: 'report-callback-losses', everyMs: REPORT_MS, run: lossReport(callbacks, log) })
  return scheduler
}

/** Warns of records that callbacks lost since the last look, so that a full queue does not pass unseen. */
function lossReport(callbacks: () => readonly CallbackBinding[], log: Log): () => void {
  const known = new Map<string, number>()
  return () => {
    for (const { name, callback } of callbacks()) {
      const { queued, sent, dropped } = callback.stats()
      const lost = dropped - (known.get(name) ?? 0)
      known.set(name, dropped)
      if (lost > 0) log.warn({ callback: name, lost, queued, sent, dropped }, 'callback lost records')
    }
  }
}
