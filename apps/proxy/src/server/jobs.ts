import type { Archiver } from '@tianjillm/archive'
import type { Clock, Log } from '@tianjillm/core'
import type { CallbackBinding } from '@tianjillm/gateway'
import { createScheduler, type Scheduler } from '@tianjillm/scheduler'
import type { HealthKeeper } from '../health/health-checks.ts'

/** How often losses of callbacks are looked for. */
const REPORT_MS = 60_000
/** How often weeks that are due for the archive are looked for, those that failed too. */
const ARCHIVE_MS = 60_000

export interface JobsOptions {
  readonly callbacks: () => readonly CallbackBinding[]
  readonly health: HealthKeeper
  /** Milliseconds between two looks after all deployments; undefined: none is taken. */
  readonly looksEveryMs: number | undefined
  /** Undefined: old calls are moved nowhere. */
  readonly archiver?: Archiver | undefined
  readonly clock: Clock
  readonly log: Log
}

/** What the proxy does periodically. */
export function startJobs({ callbacks, health, looksEveryMs, archiver, clock, log }: JobsOptions): Scheduler {
  const scheduler = createScheduler({ clock, log })
  scheduler.every({ name: 'report-callback-losses', everyMs: REPORT_MS, run: lossReport(callbacks, log) })
  if (looksEveryMs !== undefined) scheduler.every({ name: 'health-checks', everyMs: looksEveryMs, atOnce: true, run: (signal) => health.look(signal) })
  if (archiver) scheduler.every({ name: 'spend-archive', everyMs: ARCHIVE_MS, atOnce: true, run: (signal) => archive(archiver, signal) })
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

async function archive(archiver: Archiver, signal: AbortSignal): Promise<void> {
  const stop = (): void => void archiver.stop(AbortSignal.timeout(0))
  signal.addEventListener('abort', stop, { once: true })
  try {
    await archiver.run()
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
