import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { GatewayError } from '@tianjillm/core'
import { checkRoutes, type Exchange, type Gateway, NodeExchange, plainErrorBody, type Route, sendError, WebExchange } from '@tianjillm/gateway'
import { type Context, Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import type { HttpBindings } from '@hono/node-server'

/** Bindings of `@hono/node-server`, absent on other runtimes. */
type Env = { Bindings: Partial<HttpBindings> }

/** Handlers made by {@link createApp}; each leads through the gateway's one door. */
const doors = new WeakMap<object, Route>()

/** The route that a mounted handler serves, or undefined when it was not mounted by {@link createApp}. */
export function routeBehind(handler: object): Route | undefined {
  return doors.get(handler)
}

/**
 * A Hono app that serves routes through the gateway. Mount it alone or in another app. Under
 * `@hono/node-server` answers are written to Node's response directly; elsewhere a web `Response` is made.
 *
 * @throws `invalid_config` for a route without a permission
 */
export function createApp(gateway: Gateway, routes: readonly Route[]): Hono<Env> {
  checkRoutes(routes)
  // A slash at the end changes nothing.
  const app = new Hono<Env>({ strict: false })
  const methodsOf = createPathTable(routes)
  for (const route of routes) {
    const handler = (c: Context<Env>): Response | Promise<Response> => {
      const params = c.req.param() as Record<string, string>
      return serve(c, (exchange) => void gateway.handle(exchange, route, params))
    }
    doors.set(handler, route)
    for (const path of route.paths) app.on(route.method, path, handler)
  }
  app.notFound((c) => {
    const own = methodsOf(c.req.path)
    return serve(c, (exchange) => {
      // What was set while the proxy runs is not mounted: it is looked up, and goes through the same door.
      const found = own.length > 0 ? undefined : gateway.settings.passThrough?.find(exchange.path)
      if (found?.methods.has(exchange.method)) void gateway.handle(exchange, found)
      else sendNotFound(exchange, c.req.path.slice(0, 200), found ? [...found.methods] : own)
    })
  })
  return app
}

/** The methods that a path is served for; none where there is no such path. */
export function createPathTable(routes: readonly Route[]): (path: string) => readonly string[] {
  const table = new TrieRouter<string>()
  for (const { method, paths } of routes) for (const path of paths) table.add('ALL', path, method)
  return (path) => [...new Set(table.match('ALL', path.replace(/(?<=.)\/$/, ''))[0].map(([method]) => method))]
}

function sendNotFound(exchange: Exchange, path: string, allowed: readonly string[]): void {
  const wrongMethod = allowed.length > 0
  const error = wrongMethod
    ? new GatewayError('method_not_allowed', `${exchange.method} is not possible on ${path}; ${allowed.join(', ')} is.`)
    : new GatewayError('unknown_route', `There is no ${exchange.method} ${path}.`)
  // LiteLLM answers {"detail": "Not Found"} here; both readers find theirs.
  const body = JSON.stringify({ ...(JSON.parse(plainErrorBody(error)) as object), detail: wrongMethod ? 'Method Not Allowed' : 'Not Found' })
  // RFC 9110 15.5.6
  sendError(exchange, error, body, wrongMethod ? ['allow', allowed.join(', ')] : [])
}

function serve(c: Context<Env>, run: (exchange: Exchange) => void): Response | Promise<Response> {
  const { incoming, outgoing } = c.env ?? {}
  if (incoming && outgoing) {
    run(new NodeExchange(incoming as never, outgoing as never))
    return RESPONSE_ALREADY_SENT
  }
  const exchange = new WebExchange(c.req.raw)
  run(exchange)
  return exchange.response
}
