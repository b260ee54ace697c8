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
  const methods = new TrieRouter<string>()
  for (const route of routes) {
    const handler = (c: Context<Env>): Response | Promise<Response> => {
      const params = c.req.param() as Record<string, string>
      return serve(c, (exchange) => void gateway.handle(exchange, route, params))
    }
    doors.set(handler, route)
    for (const path of route.paths) {
      app.on(route.method, path, handler)
      methods.add('ALL', path, route.method)
    }
  }
  app.notFound((c) => {
    const path = c.req.path.slice(0, 200)
    const allowed = [...new Set(methods.match('ALL', c.req.path.replace(/(?<=.)\/$/, ''))[0].map(([method]) => method))]
    const wrongMethod = allowed.length > 0
    const error = wrongMethod
      ? new GatewayError('method_not_allowed', `${c.req.method} is not possible on ${path}; ${allowed.join(', ')} is.`)
      : new GatewayError('unknown_route', `There is no ${c.req.method} ${path}.`)
    // LiteLLM answers {"detail": "Not Found"} here; both readers find theirs.
    const body = JSON.stringify({ ...(JSON.parse(plainErrorBody(error)) as object), detail: wrongMethod ? 'Method Not Allowed' : 'Not Found' })
    // RFC 9110 15.5.6
    return serve(c, (exchange) => sendError(exchange, error, body, wrongMethod ? ['allow', allowed.join(', ')] : []))
  })
  return app
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
