import { type Clock, GatewayError, type Timer } from '@tianjillm/core'
import { createDial } from './connect.ts'
import { type Deadlines, LONGEST_TIMER } from './deadlines.ts'
import type { Guard } from './guard.ts'
import type { ConnectorOptions, Resolve } from './options.ts'
import { Pool } from './pool.ts'
import { createProxies } from './proxy.ts'
import type { Target } from './target.ts'

/** The pool for one origin, one trust and one connect time-out. */
export interface Route {
  readonly pool: Pool
  readonly checked: boolean
  readonly connectTimeout: number
  /** The request line carries the whole URL: plain HTTP through a proxy (RFC 9112, 3.2.2). */
  readonly absolute: boolean
  /** For plain HTTP through a proxy with a login. */
  readonly proxyAuthorization: string | undefined
}

/** Figures of the moment. */
export interface ConnectorStats {
  readonly pools: number
  /** Calls not yet over. */
  readonly calls: number
  /** Open connections, and those of them that wait for a call. */
  readonly connected: number
  readonly free: number
  /** Calls that wait for a connection because `connections` is reached. */
  readonly queued: number
}

export interface Pools {
  /** Throws `address_refused` when the guard refuses what the URL says, `shutting_down` after the end. */
  route(target: Target, checked: boolean, connectTimeout: number): Route
  stats(): ConnectorStats
  close(): Promise<void>
  destroy(): Promise<void>
}

const MAX_POOLS = 1_000

/** Pools by origin; those without calls for a while are closed. */
export function createPools(options: ConnectorOptions, clock: Clock, deadlines: Deadlines, guard: Guard, resolve: Resolve): Pools {
  const { connections = 1_024, keepAliveTimeout = 30_000, poolIdleTimeout = 300_000, maxHeaderSize = 65_536 } = options
  const routes = new Map<string, Route>()
  const proxyOf = createProxies(options)
  let sweeper: Timer | undefined
  let over = false

  const retire = (key: string, { pool }: Route): void => {
    routes.delete(key)
    void pool.close()
  }

  const sweep = (): void => {
    sweeper = undefined
    for (const [key, route] of routes) {
      if (route.pool.calls === 0 && !route.pool.used) retire(key, route)
      route.pool.used = false
    }
    schedule()
  }

  const schedule = (): void => {
    if (sweeper === undefined && routes.size > 0 && poolIdleTimeout > 0) sweeper = clock.after(Math.min(poolIdleTimeout, LONGEST_TIMER), sweep)
  }

  const create = (target: Target, checked: boolean, connectTimeout: number): Route => {
    if (checked) guard.check(target)
    const proxy = proxyOf(target)
    const absolute = proxy !== undefined && target.protocol === 'http:'
    const dial = createDial({ target, guard: checked ? guard : undefined, resolve, proxy, tls: options.tls, timeout: connectTimeout, clock })
    const pool = new Pool({ dial, deadlines, connections, keepAliveTimeout, maxHeaderSize })
    return { pool, checked, connectTimeout, absolute, proxyAuthorization: absolute ? proxy.authorization : undefined }
  }

  const makeRoom = (): void => {
    if (routes.size < MAX_POOLS) return
    for (const [key, route] of routes) {
      if (route.pool.calls > 0) continue
      retire(key, route)
      return
    }
  }

  const stop = (): Route[] => {
    over = true
    sweeper?.cancel()
    sweeper = undefined
    return [...routes.values()]
  }

  return {
    route(target, checked, connectTimeout) {
      if (over) throw new GatewayError('shutting_down', `No new call to ${target.host}: this replica is shutting down.`)
      const key = `${checked ? 'checked' : 'operator'} ${connectTimeout} ${target.origin}`
      const known = routes.get(key)
      if (known !== undefined) return known
      const made = create(target, checked, connectTimeout)
      makeRoom()
      routes.set(key, made)
      schedule()
      return made
    },
    stats() {
      const sum = { pools: routes.size, calls: 0, connected: 0, free: 0, queued: 0 }
      for (const { pool } of routes.values()) {
        const { calls, connected, free, queued } = pool.figures
        sum.calls += calls
        sum.connected += connected
        sum.free += free
        sum.queued += queued
      }
      return sum
    },
    async close() {
      await Promise.all(stop().map(({ pool }) => pool.close()))
      routes.clear()
    },
    async destroy() {
      const error = new GatewayError('shutting_down', 'The upstream call ended because this replica is shutting down.')
      await Promise.all(stop().map(({ pool }) => pool.destroy(error)))
      routes.clear()
    },
  }
}
