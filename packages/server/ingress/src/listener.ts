import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Gateway, NodeExchange, type Route } from '@tianjillm/gateway'

/**
 * A listener for `node:http`. Calls on fixed paths go to the gateway straight away; everything else
 * (parameters, queries, questions, other apps) goes through Hono, which leads to the same door.
 */
export function createListener(app: { readonly fetch: Parameters<typeof getRequestListener>[0] }, gateway: Gateway, routes: readonly Route[]): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const direct = new Map<string, Route>()
  for (const route of routes) {
    if (route.kind !== 'call') continue
    for (const path of route.paths) if (!path.includes(':')) direct.set(path, route)
  }
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  return (incoming, outgoing) => {
    const route = direct.get(incoming.url!)
    if (route !== undefined && incoming.method === route.method) void gateway.handle(new NodeExchange(incoming, outgoing), route)
    else void rest(incoming, outgoing)
  }
}
