import type { CallRecord, Log } from '@tianjillm/core'
import type { CallbackBinding, Deployment } from '@tianjillm/gateway'
import type { HealthCheck, HealthChecks } from '@tianjillm/management'
import type { RoutingState } from '@tianjillm/router'
import { HEALTH_CHECK, probeOf, type ProbeOptions } from './probe.ts'

/** A deployment, and what is written of it under `model_info`. */
export interface Patient {
  readonly deployment: Deployment
  readonly info: Readonly<Record<string, unknown>>
}

/** Other replicas, of which one looks for all. Nothing of it throws. */
export interface SharedHealth {
  /** Whether this replica is to look, for so many milliseconds; undefined: nobody can tell. */
  lead(ms: number): Promise<boolean | undefined>
  tell(found: readonly HealthCheck[], ms: number): Promise<void>
  /** What the one that looked found. */
  hear(): Promise<readonly HealthCheck[]>
}

export interface HealthChecksOptions extends ProbeOptions {
  readonly patients: () => readonly Patient[]
  readonly routing: RoutingState
  readonly callbacks: () => readonly CallbackBinding[]
  readonly log: Log
  readonly background: boolean
  readonly details: boolean
  readonly intervalMs: number
  /** Deployments that are called at once. */
  readonly concurrency: number
  readonly shared: SharedHealth | undefined
}

/** {@link HealthChecks}, and the look that is due from time to time. */
export interface HealthKeeper extends HealthChecks {
  look(signal: AbortSignal): Promise<void>
}

const MOST_HISTORY = 1000
const HOUR_MS = 3_600_000
const FLUSH_MS = 10_000

export function createHealthChecks(options: HealthChecksOptions): HealthKeeper {
  const { patients, routing, callbacks, clock, log, background, details, intervalMs, concurrency, shared } = options
  let latest = new Map<string, HealthCheck>()
  const history: HealthCheck[] = []
  const written = new Map<string, HealthCheck>()

  const note = (found: readonly HealthCheck[]): void => {
    const served = new Set(patients().map(({ deployment }) => deployment.id))
    latest = new Map([...latest, ...found.map((one) => [one.modelId, one] as const)].filter(([id]) => served.has(id)))
    for (const one of found) {
      const before = written.get(one.modelId)
      if (before?.status === one.status && one.checkedAt - before.checkedAt < HOUR_MS) continue
      if (one.status === 'unhealthy' || before?.status === 'unhealthy') log.warn({ deployment: one.modelId, model: one.modelName, error: one.error }, one.status === 'healthy' ? 'a deployment answers again' : 'a deployment does not answer')
      written.set(one.modelId, one)
      history.unshift(one)
    }
    history.length = Math.min(history.length, MOST_HISTORY)
    for (const id of written.keys()) if (!served.has(id)) written.delete(id)
  }

  const examine = async ({ deployment, info }: Patient, by: string): Promise<HealthCheck> => {
    const probe = probeOf(deployment, info, options)
    const { error, errorStatus, responseMs } = probe ? await probe() : passive(deployment.id, routing)
    return {
      id: crypto.randomUUID(), modelId: deployment.id, modelName: deployment.modelName, status: error === undefined ? 'healthy' : 'unhealthy', probed: probe !== undefined, checkedAt: clock.now(), checkedBy: by,
      ...(error !== undefined && { error }), ...(errorStatus !== undefined && { errorStatus }), ...(responseMs !== undefined && { responseMs }),
    }
  }
  const examineAll = async (all: readonly Patient[], by: string, signal?: AbortSignal): Promise<HealthCheck[]> => {
    const found: HealthCheck[] = []
    const queue = all.entries()
    const work = async (): Promise<void> => {
      for (const [at, patient] of queue) {
        if (signal?.aborted) return
        found[at] = await examine(patient, by)
      }
    }
    await Promise.all(Array.from({ length: Math.min(concurrency, all.length) }, work))
    return found.filter((one) => one !== undefined)
  }

  return {
    background, details,
    latest: () => latest,
    history: () => history,
    async check(ids, by) {
      const wanted = new Set(ids)
      const found = await examineAll(patients().filter(({ deployment }) => wanted.has(deployment.id)), by)
      note(found)
      return found
    },
    async look(signal) {
      const leads = await shared?.lead(intervalMs)
      if (leads === false) {
        note((await shared!.hear()).filter(({ modelId, checkedAt }) => checkedAt > (latest.get(modelId)?.checkedAt ?? 0)))
        return
      }
      const found = await examineAll(patients().filter(({ info }) => info['disable_background_health_check'] !== true), 'background', signal)
      note(found)
      await shared?.tell(found, 2 * intervalMs)
    },
    async tryCallback(name) {
      const binding = callbacks().find((one) => one.name === name)
      if (!binding) return undefined
      const { callback } = binding
      const before = callback.stats()
      callback.record(sample(clock.now()))
      await callback.flush(AbortSignal.timeout(FLUSH_MS))
      const { sent, dropped, queued } = callback.stats()
      if (sent > before.sent && dropped === before.dropped) return { sent: true, message: `A record was sent to ${name}. It bears the id ${HEALTH_CHECK}.` }
      return { sent: false, message: dropped > before.dropped ? `${name} lost the record: its target refused it or could not be reached. The log tells more.` : `${name} could not deliver the record within ${FLUSH_MS / 1000} s (${queued} wait). The log tells more.` }
    },
  }
}

/** What the calls of the last minute say of a deployment that is not called for its health. */
function passive(id: string, routing: RoutingState): { readonly error?: string; readonly errorStatus?: number; readonly responseMs?: number } {
  const { state, errorRate, latencyMs } = routing.snapshot(id)
  if (state === 'open') return { error: 'It rests after failures.', errorStatus: 503 }
  if (errorRate === 1) return { error: 'Every call of the last minute failed.', errorStatus: 503 }
  return latencyMs === undefined ? {} : { responseMs: Math.round(latencyMs) }
}

function sample(now: number): CallRecord {
  return { id: HEALTH_CHECK, operation: 'chat', status: 'success', stream: false, startedAt: now, endedAt: now, model: HEALTH_CHECK, caller: { keyAlias: HEALTH_CHECK }, cacheHit: false, attempts: 0, tags: [HEALTH_CHECK], metadata: { test: true } }
}
