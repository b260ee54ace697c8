import type { Clock, Log, Timer } from '@tianjillm/core'

/** A periodic task. */
export interface Job {
  /** For logs and errors; unique in its scheduler. */
  readonly name: string
  /** Milliseconds from one due time to the next. */
  readonly everyMs: number
  /** The first run is due now, not after one interval. */
  readonly atOnce?: boolean
  /** Does the work. The signal fires when the scheduler stops; a throw is logged and the job goes on. */
  run(signal: AbortSignal): void | Promise<void>
}

export interface SchedulerOptions {
  readonly clock: Clock
  readonly log: Log
}

/** What a job did so far. */
export interface JobStatus {
  readonly runs: number
  readonly failures: number
  /** Milliseconds since the epoch. */
  readonly lastStartedAt?: number
}

export interface Scheduler {
  /**
   * Starts a job; its first run is due after one interval, unless it says otherwise.
   * @throws RangeError for a name in use, an interval that is not positive, or a stopped scheduler
   */
  every(job: Job): void
  status(name: string): JobStatus | undefined
  /** Starts nothing more, tells running jobs, and waits for them until the signal fires. */
  stop(signal: AbortSignal): Promise<void>
}

/**
 * Due times lie on a fixed grid (start + n x interval), so that slow runs do not make a job drift. A job
 * never runs twice at once: due times that pass while it runs are skipped, and after a pause of the machine
 * it runs once, not once for each missed time.
 */
export function createScheduler({ clock, log }: SchedulerOptions): Scheduler {
  const states = new Map<string, JobState>()
  const stopping = new AbortController()

  const arm = (state: JobState): void => {
    const elapsed = clock.monotonic() - state.startedAt
    // Never the same due time twice: real timers may fire a fraction of a millisecond early.
    state.due = Math.max(state.due, Math.floor(elapsed / state.job.everyMs)) + 1
    state.timer = clock.after(state.due * state.job.everyMs - elapsed, () => begin(state))
  }

  const begin = (state: JobState): void => {
    state.running = run(state).finally(() => {
      state.running = undefined
      if (!stopping.signal.aborted) arm(state)
    })
  }

  const run = async (state: JobState): Promise<void> => {
    state.runs += 1
    state.lastStartedAt = clock.now()
    try {
      await state.job.run(stopping.signal)
    } catch (error) {
      state.failures += 1
      log.error({ job: state.job.name, err: error }, 'job failed')
    }
  }

  return {
    every(job) {
      if (stopping.signal.aborted) throw new RangeError(`The scheduler is stopped; ${job.name} cannot start.`)
      if (states.has(job.name)) throw new RangeError(`A job called ${job.name} exists already.`)
      if (!(job.everyMs > 0)) throw new RangeError(`The interval of ${job.name} must be positive, found ${job.everyMs}.`)
      const state: JobState = { job, startedAt: clock.monotonic(), due: 0, runs: 0, failures: 0, lastStartedAt: undefined, timer: undefined, running: undefined }
      states.set(job.name, state)
      if (job.atOnce === true) begin(state)
      else arm(state)
    },
    status(name) {
      const state = states.get(name)
      return state && { runs: state.runs, failures: state.failures, ...(state.lastStartedAt !== undefined && { lastStartedAt: state.lastStartedAt }) }
    },
    async stop(signal) {
      stopping.abort()
      for (const { timer } of states.values()) timer?.cancel()
      const running = Promise.all([...states.values()].map((state) => state.running))
      const late = new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await Promise.race([running, late])
      for (const { job, running: left } of states.values()) if (left) log.warn({ job: job.name }, 'job still running at the shutdown deadline')
    },
  }
}

interface JobState {
  readonly job: Job
  /** On the monotonic clock; the grid's origin. */
  readonly startedAt: number
  /** Number on the grid of the due time that is waited for, or being served. */
  due: number
  runs: number
  failures: number
  lastStartedAt: number | undefined
  timer: Timer | undefined
  running: Promise<void> | undefined
}
