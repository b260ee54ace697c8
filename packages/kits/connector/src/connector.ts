import { type Http, type HttpControl, type HttpHandler, type HttpReply, type HttpRequest, type HttpTimeouts, type SendOptions, systemClock } from '@tianjillm/core'
import { lookup } from 'node:dns/promises'
import { Call } from './call.ts'
import { Deadlines } from './deadlines.ts'
import { createGuard } from './guard.ts'
import { type ConnectorOptions, defaultTimeouts, type Resolve } from './options.ts'
import { type ConnectorStats, createPools } from './pools.ts'
import { collect } from './send.ts'
import { createTargets } from './target.ts'

/** Core's `Http` port with its life cycle. */
export interface Connector extends Http {
  /** Takes no new calls (`shutting_down`), lets those in flight end, then closes every connection. */
  close(): Promise<void>
  /** Ends every call (`shutting_down`) and connection now. */
  destroy(): Promise<void>
  stats(): ConnectorStats
}

const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/**
 * The one outbound HTTP/1.1 client. Opens nothing until the first call. Throws `invalid_config`
 * when a proxy option is not usable.
 */
export function createConnector(options: ConnectorOptions = {}): Connector {
  const clock = options.clock ?? systemClock
  const resolve = options.resolve ?? systemResolve
  const limits: Required<HttpTimeouts> = { ...defaultTimeouts, ...options.timeouts }
  const deadlines = new Deadlines(clock)
  const targetOf = createTargets()
  const pools = createPools(options, clock, deadlines, createGuard(options, resolve), resolve)

  const open = (request: HttpRequest, handler: HttpHandler): HttpControl => {
    const { timeouts } = request
    const mine = timeouts === undefined ? limits : withDefaults(timeouts, limits)
    let target
    let route
    try {
      target = targetOf(request.url)
      const checked = request.trust !== 'operator'
      route = target.route
      if (route === undefined || route.pool.closed || route.checked !== checked || route.connectTimeout !== mine.connect) {
        route = pools.route(target, checked, mine.connect)
        target.route = route
      }
    } catch (error) {
      const call = new Call(handler, 'the upstream', deadlines, mine)
      call.refuse(error)
      return call
    }
    const call = new Call(handler, target.host, deadlines, mine)
    call.start(request, target, route)
    return call
  }

  return {
    open,
    send: (request: HttpRequest, sendOptions?: SendOptions): Promise<HttpReply> => collect(open, request, sendOptions),
    close: () => pools.close(),
    destroy: () => pools.destroy(),
    stats: () => pools.stats(),
  }
}

function withDefaults(timeouts: HttpTimeouts, limits: Required<HttpTimeouts>): Required<HttpTimeouts> {
  return {
    connect: timeouts.connect ?? limits.connect,
    headers: timeouts.headers ?? limits.headers,
    firstByte: timeouts.firstByte ?? limits.firstByte,
    idle: timeouts.idle ?? limits.idle,
    total: timeouts.total ?? limits.total,
  }
}
