import type { Connector } from '@tianjillm/connector'
import type { Secrets } from '@tianjillm/core'
import type { Deployment, Settings } from '@tianjillm/gateway'
import type { LiveConfiguration } from '../live/live-configuration.ts'
import type { ProxyLog } from '../log.ts'
import type { Database } from './database.ts'
import type { Sharing } from './limits.ts'
import type { Strategies } from './routing.ts'
import type { ColdStore, SpendArchive } from './spend-archive.ts'

/** Everything that was opened. */
interface Closing {
  readonly settings: Settings
  readonly deployments: readonly Deployment[]
  readonly secrets: readonly Secrets[]
  readonly strategies: Strategies
  readonly connectors: readonly Connector[]
  readonly live: LiveConfiguration
  readonly archive: SpendArchive | undefined
  readonly cold: ColdStore | undefined
  readonly database: Database | undefined
  readonly sharing: Sharing | undefined
  readonly log: ProxyLog
}

/** Delivers what callbacks hold, within the signal's time, and closes all. */
export async function closeAll({ settings, deployments, secrets, strategies, connectors, live, archive, cold, database, sharing, log }: Closing, signal: AbortSignal): Promise<void> {
  // It writes to the database what it had not finished.
  await archive?.archiver.stop(signal)
  const [told] = await Promise.all([
    Promise.allSettled(settings.callbacks.map(({ callback }) => callback.close(signal))),
    live.close(signal),
    strategies.close(),
    sharing?.close(signal),
    database?.close(signal).catch((error: unknown) => log.error({ err: error }, 'the database was not closed cleanly')),
  ])
  told.forEach((result, i) => {
    const { name, callback } = settings.callbacks[i]!
    const stats = callback.stats()
    if (result.status === 'rejected' || stats.queued > 0 || stats.dropped > 0) log.warn({ callback: name, ...stats }, 'callback closed with records undelivered')
  })
  const rest = [...new Set(deployments.map(({ provider }) => provider)), ...settings.guardrails.map(({ guardrail }) => guardrail), ...(settings.cache ? [settings.cache.cache] : []), ...secrets, ...(cold ? [cold.store] : [])]
  await Promise.allSettled(rest.map(async (instance) => instance.close?.()))
  for (const connector of connectors) connector.destroy()
}
