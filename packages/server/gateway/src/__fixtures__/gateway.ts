import { createMasterKeyAuthenticator } from '@tianjillm/auth'
import { createConnector } from '@tianjillm/connector'
import { type CallRecord, errorToOpenAI, type GatewayError, type Guardrail } from '@tianjillm/core'
import { createOpenAIAdapters } from '@tianjillm/provider-kit'
import { createRouter, createRoutingState, defaultCooldown, type RouterOptions } from '@tianjillm/router'
import { createFakeUpstream, createTestHost, type FakeUpstream } from '@tianjillm/test-kit'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CallRoute, createGateway, type Deployment, type Gateway, NodeExchange, type QueryRoute, type Route, type Settings, WebExchange } from '../index.ts'

export const KEY = 'sk-gateway-test'

/** A chat route in OpenAI's dialect, or (with another name) one whose streams must be translated. */
export function chatRoute(dialect = 'openai'): CallRoute<'chat'> {
  return {
    kind: 'call', method: 'POST', paths: ['/chat'], permission: 'inference', operation: 'chat',
    codec: {
      dialect, done: 'data: [DONE]\n\n',
      parse: (body) => body as never,
      streams: (input) => input.stream === true,
      showsUsage: () => false,
      encode: (output) => JSON.stringify(output),
      encodeChunk: (chunk) => `data: ${JSON.stringify(chunk)}\n\n`,
      isComplete: (text) => text.includes('[DONE]'),
  errorBody: (error: GatewayError) => JSON.stringify(errorToOpenAI(error)),
      errorEvent: (error: GatewayError) => `data: ${JSON.stringify(errorToOpenAI(error))}\n\n`,
    },
  }
}

export interface Stage extends AsyncDisposable {
  readonly upstream: FakeUpstream
  readonly gateway: Gateway
  readonly records: CallRecord[]
  /** Resolves with the record of this index. */
  record(index: number): Promise<CallRecord>
  /** Through node:http. */
  fetch(body: object, init?: RequestInit): Promise<Response>
  /** Without any server: a web exchange, and the request's end. */
  web(request: Request, route?: Route, params?: Record<string, string>): { response: Promise<Response>; handled: Promise<void> }
  readonly url: string
}

/** A gateway between a real HTTP server and a real fake upstream. */
export interface StageOptions {
  readonly route?: Route
  readonly guardrail?: Guardrail
  readonly settings?: Partial<Settings>
  /** Of the one deployment, `d1`, at the upstream's root. */
  readonly deployment?: Partial<Deployment>
  /** Several instead, each at the upstream's path of its id. */
  readonly deployments?: readonly (Partial<Deployment> & { readonly id: string })[]
  readonly router?: Partial<RouterOptions<Deployment>>
}

export async function stage({ route = chatRoute() as Route, guardrail, settings = {}, deployment = {}, deployments, router = {} }: StageOptions = {}): Promise<Stage> {
  const upstream = await createFakeUpstream()
  const http = createConnector({ allowPrivate: true })
  const host = createTestHost()
  const records: CallRecord[] = []
  const watchers = new Set<() => void>()
  const make = (over: Partial<Deployment>, baseUrl: string): Deployment => ({
    id: 'd1', modelName: 'gpt', model: 'up', providerName: 'openai', trust: 'operator', timeouts: {}, streamTimeouts: {}, dropParams: false,
    provider: { adapters: createOpenAIAdapters({ provider: 'openai', baseUrl }) }, ...over,
  })
  const all = deployments?.map((one) => make(one, `${upstream.url}/${one.id}`)) ?? [make(deployment, upstream.url)]
  const gateway = createGateway({
    settings: {
      authenticator: createMasterKeyAuthenticator(KEY), router: createRouter({ deployments: all, state: createRoutingState({ clock: host.clock, cooldown: defaultCooldown }), ...router }), http, clock: host.clock, log: host.log,
      callbacks: [{ name: 'test', hears: () => true, callback: { needs: {}, record: (record) => { records.push(record); for (const look of watchers) look() }, flush: async () => {}, close: async () => {}, stats: () => ({ queued: 0, sent: 0, dropped: 0 }) } }],
      guardrails: guardrail ? [{ name: 'guard', guardrail, on: ['output'], defaultOn: true, onError: 'closed', timeoutMs: 1000 }] : [],
      limits: { maxBodyBytes: 1_000_000, bodyTimeoutMs: 1000, maxReplyBytes: 1_000_000 }, dropParams: false, captureText: false, ...settings,
    },
  })
  const server = createServer((incoming, outgoing) => void gateway.handle(new NodeExchange(incoming, outgoing), route))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat`
  return {
    upstream, gateway, records, url,
    record: (index) => new Promise((resolve) => {
      const look = (): void => {
        if (!records[index]) return
        watchers.delete(look)
        resolve(records[index])
      }
      watchers.add(look)
      look()
    }),
    // oxlint-disable-next-line no-restricted-globals -- the test's own client, which calls the gateway
    fetch: (body, init) => fetch(url, { method: 'POST', body: JSON.stringify({ model: 'gpt', messages: [], ...body }), headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, ...init }),
    web(request, asked = route, params) {
      const exchange = new WebExchange(request)
      return { response: exchange.response, handled: gateway.handle(exchange, asked, params) }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      http.destroy()
      await upstream.close()
    },
  }
}

/** A request for a web exchange. */
export function webRequest(body: object, init: RequestInit = {}): Request {
  return new Request('http://gateway.test/chat', { method: 'POST', body: JSON.stringify({ model: 'gpt', messages: [], ...body }), headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, ...init })
}

export const queryRoute = (over: Partial<QueryRoute> = {}): QueryRoute => ({ kind: 'query', method: 'GET', paths: ['/q'], permission: 'models:read', answer: () => ({ status: 200, body: { ok: true } }), ...over })
