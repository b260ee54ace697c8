import type { Gateway } from '@tianjillm/gateway'
import { createApp, openaiRoutes } from '@tianjillm/ingress'
import { Hono } from 'hono'

/** An app of one's own: its middleware stands in front of the gateway, its routes beside it. */
export function createOwnApp(gateway: Gateway, seen: (tenant: string, path: string) => void = () => {}): Hono {
  const app = new Hono()
  app.use('/llm/*', async (c, next) => {
    const tenant = c.req.header('x-tenant')
    if (tenant === undefined) return c.json({ error: 'Say who you are in x-tenant.' }, 403)
    seen(tenant, c.req.path)
    await next()
  })
  app.get('/', (c) => c.text('My own app'))
  app.route('/llm', createApp(gateway, openaiRoutes(gateway, Math.floor(Date.now() / 1000))))
  return app
}
