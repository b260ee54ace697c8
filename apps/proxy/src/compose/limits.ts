import type { Directory } from '@tianjillm/auth'
import type { Clock, Log } from '@tianjillm/core'
import { createMemoryLimitStore, type LimitStore } from '@tianjillm/limits'
import type { HealthCheck } from '@tianjillm/management'
import type { RedisLimitStore, SharedFindings, SharedRouting } from '@tianjillm/redis'
import type { Ledger } from '@tianjillm/spend'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { Environment } from './configure-plugin.ts'
import { redisAddress } from './redis-address.ts'

/** What replicas share through Redis. */
export interface Sharing {
  readonly limits: RedisLimitStore
  /** Which deployments rest, and what was used of them. */
  readonly routing: SharedRouting
  /** Of `use_shared_health_check`. */
  readonly health: SharedFindings<HealthCheck> | undefined
  /** The directory, with its changes told to all replicas. */
  share(directory: Directory): Directory
  close(signal: AbortSignal): Promise<void>
}

/** Where limits are counted. */
export interface Limits {
  readonly store: LimitStore
  /** Undefined: each process counts alone. */
  readonly sharing: Sharing | undefined
}

export interface LimitsOptions {
  readonly config: Config
  readonly env: Environment
  readonly clock: Clock
  readonly log: Log
  readonly problems: Problems
  /** Whether to connect; otherwise the settings are only read. */
  readonly connect: boolean
  readonly ledger: Ledger | undefined
  /** What the ledger says was spent on a budget in a period. */
  readonly spent?: Parameters<typeof createMemoryLimitStore>[0]['spent']
}

/** Milliseconds that the start waits for Redis; without it requests are served as while it is away. */
const START_MS = 2000
const FLUSH_MS = 5000

/** Limits counted in Redis where one is named, else in this process. Problems are noted, not thrown. */
export async function createLimits({ config, env, clock, log, problems, connect, ledger, spent }: LimitsOptions): Promise<Limits> {
  const { router_settings: router, general_settings: general } = config
  const address = redisAddress(router, env, problems)
  if (!address || !connect || problems.errors.length > 0) return { store: createMemoryLimitStore({ clock, ...(spent && { spent }) }), sharing: undefined }
  // Loaded only where there is a Redis.
  const { connectRedis, createRedisLimitStore, shareDirectory, shareFindings, shareRouting } = await import('@tianjillm/redis')
  const namespace = router.redis_namespace ?? (env['REDIS_NAMESPACE'] || undefined)
  const connection = connectRedis({ ...address, log, ...(namespace !== undefined && { namespace }) })
  const limits = createRedisLimitStore({
    redis: connection, clock, log, whenUnavailable: general.limits_when_unavailable,
    ...(spent && { spent }),
    ...(ledger && { flushed: () => ledger.flush(AbortSignal.timeout(FLUSH_MS)) }),
  })
  if (!(await limits.ready(START_MS))) log.warn({}, 'Redis does not answer: until it does, limits are not shared and calls with a hard budget are treated as `limits_when_unavailable` says')
  const routing = shareRouting({ redis: connection, clock, log })
  const health = general.use_shared_health_check ? shareFindings<HealthCheck>({ redis: connection, clock, log, name: 'health' }) : undefined
  const shared: { close(): void }[] = [routing, ...(health ? [health] : [])]
  return {
    store: limits,
    sharing: {
      limits,
      routing,
      health,
      share(directory) {
        const made = shareDirectory(directory, { redis: connection, clock, log })
        shared.push(made)
        return made
      },
      async close(signal) {
        for (const each of shared) each.close()
        await limits.close(signal)
        connection.close()
      },
    },
  }
}
