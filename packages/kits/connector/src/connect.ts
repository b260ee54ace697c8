import { type Clock, GatewayError } from '@tianjillm/core'
import type { LookupOptions } from 'node:dns'
import { isIP, type LookupFunction, Socket } from 'node:net'
import type { buildConnector as Connecting } from 'undici'
import { LONGEST_TIMER } from './deadlines.ts'
import { timedOut } from './errors.ts'
import type { Guard } from './guard.ts'
import type { Resolve, TlsOptions } from './options.ts'
import type { Proxy } from './proxy.ts'
import { readTogether } from './receive.ts'
import type { Target } from './target.ts'
import { buildConnector, Client, openTunnel } from './undici.ts'

/** Everything that making connections to one target needs. */
export interface ConnectSetup {
  readonly target: Target
  /** Present for `checked` requests. */
  readonly guard: Guard | undefined
  readonly resolve: Resolve
  readonly proxy: Proxy | undefined
  readonly tls: TlsOptions | undefined
  /** Milliseconds for name resolution, TCP, proxy and TLS together; 0: no limit. */
  readonly timeout: number
  readonly clock: Clock
}

/** Makes one connection. The answer gives up an attempt that is still under way, without calling back. */
export type Dial = (callback: (error: Error | null, socket: Socket | null) => void) => () => void

/** The dial of one pool. */
export function createDial(setup: ConnectSetup): Dial {
  const { target, timeout, clock, proxy } = setup
  // timeout 0: undici's own connect timer is coarse (about a second) and not on our clock.
  const { ca, ...tls } = setup.tls ?? {}
  const shared = { timeout: 0, ...tls, ...(ca === undefined ? {} : { ca: ca as string | Buffer | (string | Buffer)[] }) }
  const direct = buildConnector({ ...shared, onread: readTogether, lookup: lookupWith(setup.guard?.resolve ?? setup.resolve) } as Connecting.BuildOptions)
  const viaProxy = buildConnector({ ...shared, lookup: lookupWith(setup.resolve) } as Connecting.BuildOptions)

  const options: Connecting.Options = { protocol: target.protocol, hostname: target.hostname, host: target.host, port: String(target.port) }

  return (callback) => {
    let stop: () => void = () => {}
    let over = false
    const settle = (error: Error | null, socket: Socket | null): void => {
      if (over) {
        socket?.destroy()
        return
      }
      over = true
      timer?.cancel()
      if (error !== null || socket === null) callback(error ?? new Error('no socket'), null)
      else callback(null, socket)
    }
    const fail = (error: Error): void => {
      if (over) return
      settle(error, null)
      stop()
    }
    const cancel = (): void => {
      if (over) return
      over = true
      timer?.cancel()
      stop()
    }
    const timer = timeout > 0 ? clock.after(Math.min(timeout, LONGEST_TIMER), () => fail(timedOut('connect', timeout, target.host))) : undefined

    const dial = (connector: Connecting.connector, to: Connecting.Options): void => {
      // Its type says void; it returns the socket, which a time-out must destroy.
      const socket: unknown = connector(to, (...[error, made]) => settle(error, made))
      stop = () => {
        if (socket instanceof Socket) socket.destroy()
      }
      if (over) stop()
    }
    const throughProxy = async (to: Proxy): Promise<void> => {
      if (setup.guard !== undefined && isIP(target.hostname) === 0) await setup.guard.resolve(target.hostname)
      if (over) return
      if (target.protocol === 'http:') return dial(viaProxy, { ...options, protocol: to.protocol, hostname: to.hostname, host: to.host, port: to.port })
      const client = new Client(to.origin, { connect: viaProxy, headersTimeout: 0, bodyTimeout: 0 })
      stop = () => void client.destroy()
      const socket = await tunnel(client, to, target)
      if (over) socket.destroy()
      else dial(direct, { ...options, httpSocket: socket })
    }

    if (proxy !== undefined) throughProxy(proxy).catch((error: unknown) => fail(asError(error)))
    else {
      try {
        dial(direct, options)
      } catch (error) {
        fail(asError(error))
      }
    }
    return cancel
  }
}

/** Opens a tunnel through the proxy (CONNECT, RFC 9110, 9.3.6). */
async function tunnel(client: Client, proxy: Proxy, target: Target): Promise<Socket> {
  const authority = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${target.port}`
  const headers: Record<string, string> = { host: authority }
  if (proxy.authorization !== undefined) headers['proxy-authorization'] = proxy.authorization
  const { socket, statusCode } = await openTunnel(client, { path: authority, headers })
  // From here on nobody else listens; a late reset must not become an uncaught exception.
  socket.on('error', () => socket.destroy())
  if (statusCode >= 200 && statusCode < 300) return socket as Socket
  socket.destroy()
  throw new GatewayError('upstream_unreachable', `The proxy ${proxy.host} answered ${statusCode} to CONNECT ${authority}.${statusCode === 407 ? ' Check the user name and password in the proxy URL.' : ''}`)
}

/** Name resolution in the shape that `net.connect` calls. */
function lookupWith(resolve: Resolve): LookupFunction {
  const find = async (hostname: string, options: LookupOptions, callback: Parameters<LookupFunction>[2]): Promise<void> => {
    try {
      const found = await resolve(hostname)
      const usable = found.filter(({ address, family }) => isIP(address) === family && (!options.family || options.family === family || options.family === `IPv${family}`))
      const [first] = usable
      if (first === undefined) throw Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' })
      // nextTick: what the callback throws must not turn into a rejection here.
      if (options.all) process.nextTick(callback, null, usable.map(({ address, family }) => ({ address, family })))
      else process.nextTick(callback, null, first.address, first.family)
    } catch (error) {
      process.nextTick(callback, asError(error), '', 0)
    }
  }
  return (hostname, options, callback) => void find(hostname, options, callback)
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
