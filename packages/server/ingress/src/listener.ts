import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Gateway, NodeExchange, type Route } from '@tianjillm/gateway'

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown
type Fetch = Parameters<(typeof import('@hono/node-server'))['getRequestListener']>[0]

/** Milliseconds after which the way through Hono is made ready, if no request has asked for it before. */
const LOAD_AFTER_MS = 500

/**
 * A listener for `node:http`. Calls and public questions on fixed paths go to the gateway straight away; everything else
 * (parameters, queries, other apps) goes through Hono, which leads to the same door.
 *
 * @param idleMs what callers are told of how long their connections stay when nobody uses them; see {@link endIdleConnections}
 */
export function createListener(app: { readonly fetch: Fetch }, gateway: Gateway, routes: readonly Route[], idleMs?: number): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const keepAlive = idleMs === undefined ? undefined : `timeout=${Math.floor(idleMs / 1000)}`
  const direct = { GET: new Map<string, Route>(), POST: new Map<string, Route>() }
  for (const route of routes) {
    if (route.kind !== 'call' && route.permission !== 'public') continue
    const known = direct[route.method as 'GET']
    for (const path of route.paths) if (known && !path.includes(':') && !known.has(path)) known.set(path, route)
  }
  // Hono's adapter takes as long to load as the gateway itself: a start does not wait for it.
  let rest: Listener | undefined
  let loading: Promise<Listener> | undefined
  const load = async (): Promise<Listener> => {
    const { getRequestListener } = await import('@hono/node-server')
    return rest = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  }
  setTimeout(() => void (loading ??= load()), LOAD_AFTER_MS).unref()
  return (incoming, outgoing) => {
    const { method } = incoming
    const route = method === 'POST' || method === 'GET' ? direct[method].get(incoming.url!) : undefined
    if (route !== undefined) void gateway.handle(new NodeExchange(incoming, outgoing, keepAlive), route)
    else if (rest) void rest(incoming, outgoing)
    else void (loading ??= load()).then((listener) => listener(incoming, outgoing))
  }
}
