import { createMasterKeyAuthenticator } from '@tianjillm/auth'
import { createGateway, type Gateway, type Route } from '@tianjillm/gateway'
import { createRouter } from '@tianjillm/router'
import { createTestHost } from '@tianjillm/test-kit'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, createListener, healthRoutes, openaiRoutes, routeBehind } from './index.ts'

const KEY = 'sk-ingress-test'

function gatewayOf(): Gateway {
  const { clock, log, http } = createTestHost()
  const deployment = (modelName: string) => ({ id: modelName, modelName, model: 'up', providerName: 'mock', provider: { adapters: { chat: {} as never } }, trust: 'operator' as const, timeouts: {}, streamTimeouts: {}, dropParams: false, mockResponse: 'hi' })
  return createGateway({
    settings: {
      authenticator: createMasterKeyAuthenticator(KEY), router: createRouter({ deployments: [deployment('gpt'), deployment('openai/gpt-4o')] }), http, clock, log,
      callbacks: [], guardrails: [], limits: { maxBodyBytes: 1e6, bodyTimeoutMs: 1000, maxReplyBytes: 1e6 }, dropParams: false, captureText: false,
    },
  })
}

/** A complete app, as the proxy puts it together. */
function complete() {
  const gateway = gatewayOf()
  const routes = [...openaiRoutes(gateway, 7), ...healthRoutes(() => ({ ready: true, details: {} }))]
  return { gateway, routes, app: createApp(gateway, routes) }
}

/** Mounted handlers that go round the gateway, or whose route asks for no permission. */
const offences = (routes: ReturnType<typeof complete>['app']['routes']): string[] =>
  routes.filter(({ handler }) => !routeBehind(handler)?.permission).map(({ method, path }) => `${method} ${path}`)

describe('the route table', () => {
  it('leads only through the gateway, and each route declares a permission', () => {
    const { app, routes } = complete()
    expect(app.routes.length).toBe(routes.flatMap(({ paths }) => paths).length)
    expect(offences(app.routes)).toEqual([])
  })

  it('is found out when somebody adds a way round', () => {
    const { app } = complete()
    app.get('/backdoor', (c) => c.text('come in'))
    expect(offences(app.routes)).toEqual(['GET /backdoor'])
  })

  it('cannot be made with a route that declares no permission', () => {
    const { gateway, routes } = complete()
    const { permission: _, ...open } = routes[0]!
    expect(() => createApp(gateway, [...routes, open as Route])).toThrow('declares no permission')
  })

  it('is public only where load balancers ask', () => {
    const open = complete().routes.filter(({ permission }) => permission === 'public').flatMap(({ paths }) => paths)
    expect(open).toEqual(['/health/liveliness', '/health/liveness', '/health/readiness'])
  })

  it('answers 401 on every other path without a key', async () => {
    const { app, routes } = complete()
    for (const { method, paths, permission } of routes) {
      for (const path of paths) {
        const reply = await app.request(path.replace(/:model(?:\{[^}]*\})?/, 'gpt'), { method })
        expect([path, reply.status]).toEqual([path, permission === 'public' ? 200 : 401])
      }
    }
  })
})

describe.each(['web', 'node'])('over %s', (carrier) => {
  const { app, gateway, routes } = complete()
  const server = createServer(createListener(app, gateway, routes))
  let origin = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const options = { ...init, headers: { authorization: `Bearer ${KEY}`, ...init.headers as Record<string, string> } }
    return carrier === 'web' ? app.request(path, options) : fetch(origin + path, options)
  }
  const chat = (body: object = {}) => ({ method: 'POST', body: JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'x' }], ...body }), headers: { 'content-type': 'application/json' } })

  it.each(['/v1/chat/completions', '/v1/chat/completions/', '/v1/chat/completions?api-version=1', '/chat/completions', '/openai/deployments/gpt/chat/completions', '/openai/deployments/openai%2Fgpt-4o/chat/completions?x=%zz', '/engines/gpt/chat/completions'])('serves POST %s', async (path) => {
    const reply = await ask(path, chat())
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ model: path.includes('4o') ? 'openai/gpt-4o' : 'gpt', choices: [{ message: { content: 'hi' } }] })
  })

  it('streams', async () => {
    expect(await (await ask('/v1/chat/completions', chat({ stream: true }))).text()).toMatch(/^data: .*\n\ndata: \[DONE\]\n\n$/s)
  })

  it.each(['/v1/models/openai/gpt-4o', '/v1/models/openai%2Fgpt-4o', '/models/openai/gpt-4o/'])('finds the model of GET %s', async (path) => {
    expect(await (await ask(path)).json()).toMatchObject({ id: 'openai/gpt-4o', object: 'model', created: 7 })
  })

  it('answers 404 for a model that is not there, and for broken escapes', async () => {
    for (const path of ['/v1/models/nope', '/v1/models/%zz', '/v1/models/constructor']) expect((await ask(path)).status, path).toBe(404)
    expect(await (await ask('/v1/models')).json()).toMatchObject({ object: 'list', data: [{ id: 'gpt' }, { id: 'openai/gpt-4o' }] })
  })

  it.each([['GET', '/v1/chat/completions', 'POST'], ['GET', '/openai/deployments/gpt/chat/completions', 'POST'], ['DELETE', '/v1/models/openai/gpt-4o', 'GET'], ['PUT', '/health/readiness/', 'GET']])('answers 405 for %s %s, naming %s', async (method, path, allowed) => {
    const reply = await ask(path, { method })
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, allowed])
    expect(await reply.json()).toMatchObject({ error: { message: expect.stringContaining(method) as string }, detail: 'Method Not Allowed' })
  })

  it('answers 404 elsewhere, in OpenAI\'s and in LiteLLM\'s form', async () => {
    const reply = await ask(`/nothing${'x'.repeat(1000)}`)
    expect(reply.status).toBe(404)
    const body = await reply.text()
    expect(JSON.parse(body)).toMatchObject({ error: { type: 'not_found_error' }, detail: 'Not Found' })
    expect(body.length).toBeLessThan(600)
  })

  it('answers HEAD without a body', async () => {
    const reply = await ask('/v1/models', { method: 'HEAD' })
    expect([reply.status, await reply.text()]).toEqual([200, ''])
  })
})

it('keeps the connection after a request without a body', async () => {
  const { app, gateway, routes } = complete()
  const server = createServer(createListener(app, gateway, routes))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const connection = await new Promise((resolve) => request({ port, host: '127.0.0.1', path: '/nowhere', agent: false, headers: { connection: 'keep-alive' } }, (reply) => resolve(reply.resume().headers.connection)).end())
  expect(connection).toBe('keep-alive')
  server.closeAllConnections()
  server.close()
})
