import { createGateway, type Gateway, type Route } from '@tianjillm/gateway'
import { createApp, createListener, createPathTable, endIdleConnections, healthRoutes, openaiRoutes } from '@tianjillm/ingress'
import { cacheRoutes, calculateRoutes, configurationRoutes, documentRoutes, identityRoutes, modelHealthRoutes, spendRoutes, traceRoutes } from '@tianjillm/management'
import { tokenCounter } from '@tianjillm/prices'
import type { Server } from 'node:http'
import type { Composition } from '../compose/compose.ts'
import type { ProxyLog } from '../log.ts'
import { startJobs } from './jobs.ts'

// Not imported: to list the module's names, an import runs its getters, and these load a WebSocket and a fetch (30 ms).
const { createServer } = process.getBuiltinModule('node:http')

/** Milliseconds that the start waits for what is stored; the proxy goes on without, and takes it in when it comes. */
const STORED_MS = 15_000
/** Milliseconds that an idle connection stays. Longer than those of common load balancers (60 s), so that these close first. */
const IDLE_MS = 75_000
/** Milliseconds between looks for connections that became idle while shutting down. */
const SWEEP_MS = 20
/** Milliseconds for requests that were cut off to be settled. */
const SETTLE_MS = 1000

export interface ServeOptions {
  readonly composition: Composition
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly log: ProxyLog
  readonly version: string
  /** Whether the routes for keys, teams and users are served. */
  readonly manages: boolean
}

export interface RunningServer {
  readonly gateway: Gateway
  readonly server: Server
  readonly port: number
  /** Every route that is mounted. */
  readonly routes: readonly Route[]
  /** Stops taking requests, lets those in flight finish for `deadlineMs`, then delivers what sinks hold and closes all. */
  stop(deadlineMs: number): Promise<void>
}

/** Starts listening. @throws what `listen` throws (`EADDRINUSE`, ...) */
export async function serve({ composition, host, port, log, version, manages }: ServeOptions): Promise<RunningServer> {
  const gateway = createGateway({ settings: composition.settings })
  composition.live.follow((settings) => gateway.configure(settings))
  // A restart must not begin with refusing what was stored before it.
  if (composition.live.matters) await composition.live.loaded(AbortSignal.timeout(STORED_MS))
  let draining = false
  // LiteLLM's words: `disconnected` is a database that is wanted and away.
  const databaseUp = (): boolean => composition.storage === undefined || composition.storage.state() === 'connected'
  const database = (): string => (composition.storage === undefined ? 'Not connected' : databaseUp() ? 'connected' : 'disconnected')
  const managed = { gateway, ...composition.identity, clock: composition.settings.clock }
  const routes: readonly Route[] = [
    ...openaiRoutes(gateway, Math.floor(Date.now() / 1000)),
    ...(manages ? identityRoutes({ ...managed, ...(composition.storage && { spend: composition.storage.spend }) }) : []),
    ...(manages ? cacheRoutes({ gateway }) : []),
    ...(manages ? configurationRoutes({ gateway, configuration: composition.live, clock: composition.settings.clock, audits: composition.identity.audits, serves: (path) => methodsOf(path).length > 0 }) : []),
    ...(manages ? modelHealthRoutes({ gateway, configuration: composition.live, health: composition.health }) : []),
    ...(composition.storage ? spendRoutes({ ...managed, spend: composition.storage.spend }) : []),
    ...traceRoutes({ gateway, ...(composition.storage && { spend: composition.storage.spend }) }),
    ...calculateRoutes({ gateway, known: composition.knownModel, countTokens: tokenCounter }),
    ...documentRoutes(() => routes, { title: 'tianjiLLM', version }),
    ...healthRoutes(() => ({ ready: !draining && (databaseUp() || composition.readyWithoutDatabase), details: { db: database(), ...sharingDetails(composition), version } })),
  ]
  const methodsOf = createPathTable(routes)
  const server = createServer(createListener(createApp(gateway, routes), gateway, routes, IDLE_MS))
  endIdleConnections(server, IDLE_MS)
  server.headersTimeout = 30_000
  // From the first byte to the end of the body.
  server.requestTimeout = composition.settings.limits.bodyTimeoutMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    else socket.destroy()
  })
  const jobs = startJobs({ callbacks: () => gateway.settings.callbacks, health: composition.health, looksEveryMs: composition.looksEveryMs, clock: composition.settings.clock, log })
  const address = server.address()
  return {
    gateway,
    server,
    routes,
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop(deadlineMs) {
      draining = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const deadline = AbortSignal.timeout(deadlineMs)
      await gateway.drain(deadline)
      // What was answered may still be on its way to a slow client; connections close as they become idle.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
      await Promise.race([closed, aborted(deadline)])
      clearInterval(sweep)
      if (gateway.inFlight > 0) log.warn({ requests: gateway.inFlight }, 'shutdown deadline reached with requests in flight')
      server.closeAllConnections()
      // Those that were cut are settled before the sinks close.
      await gateway.drain(AbortSignal.timeout(SETTLE_MS))
      await jobs.stop(AbortSignal.timeout(SETTLE_MS))
      await composition.close(AbortSignal.timeout(Math.max(1000, Math.min(deadlineMs, 10_000))))
      await closed
    },
  }
}

/** Whether limits are shared as the operator wants; nothing where no Redis is named. */
function sharingDetails({ sharing }: Composition): object {
  if (!sharing) return {}
  const { waiting, skewMs } = sharing.limits.stats()
  return { limits: sharing.limits.state(), redis: sharing.limits.state() === 'shared' ? 'connected' : 'Not connected', settlements_waiting: waiting, redis_clock_skew_ms: skewMs }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
