import { expect } from 'vitest'
import { CHAT, chatBody } from './chat-answers.ts'
import type { RunningProxy } from './start-proxy.ts'

/** A limit as `GET /budget/explain` shows it. */
export interface Limit {
  readonly limit_type: string
  readonly limit: number | null
  readonly window: string
  readonly source: string | null
  readonly settled: number
  readonly held: number
  readonly remaining: number | null
  readonly resets_at: string | null
}

/** What the routes under test answer; each test reads what its route has. */
export type Body = Readonly<Record<string, unknown>> & { readonly key: string; readonly error: { readonly message: string; readonly type: string; readonly param: string | null }; readonly limits: readonly Limit[] }

export interface Reply {
  readonly status: number
  readonly body: Body
}

/** Speaks to a proxy as those do who manage it and those who call it; without a key as the operator. */
export function manage(proxy: () => RunningProxy) {
  const send = async (method: string, path: string, body: object | undefined, key?: string): Promise<Reply> => {
    const reply = await proxy().fetch(path, { method, ...(body && { body: JSON.stringify(body) }), ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) })
    return { status: reply.status, body: (await reply.json()) as Body }
  }
  const post = (path: string, body: object, key?: string): Promise<Reply> => send('POST', path, body, key)
  const get = (path: string, key?: string): Promise<Reply> => send('GET', path, undefined, key)
  const make = async (path: string, body: object): Promise<Body> => {
    const made = await post(path, body)
    expect([made.status, made.body.error], path).toEqual([200, undefined])
    return made.body
  }
  const generate = async (body: object = {}): Promise<string> => (await make('/key/generate', body)).key
  const ask = async (key: string | undefined, more: object = {}, headers: object = {}): Promise<Reply> => {
    const reply = await proxy().fetch(CHAT, { ...chatBody({ max_tokens: 5, ...more }), headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers } as Record<string, string> })
    return { status: reply.status, body: (await reply.json()) as Body }
  }
  /** Calls until one is refused. */
  const untilRefused = async (key: string | undefined, more: object = {}, headers: object = {}): Promise<{ served: number; refused: Reply }> => {
    for (let served = 0; served < 20; served += 1) {
      const reply = await ask(key, more, headers)
      if (reply.status !== 200) return { served, refused: reply }
    }
    throw new Error('Nothing was refused.')
  }
  const explain = async (scope: string, id: string, key?: string): Promise<readonly Limit[]> => (await get(`/budget/explain?scope=${scope}&id=${encodeURIComponent(id)}`, key)).body.limits
  return { send, post, get, make, generate, ask, untilRefused, explain }
}

/** An id that no other test has. */
export function unique(): string {
  return crypto.randomUUID()
}

/** A call of {@link priced} costs 10 x 1e-6 + 5 x 2e-6 USD. */
export const COST = 0.00002
/** Room for one call or two: one of 5 tokens at most is held with less than three times its cost. */
export const ROOM = COST * 4

/** A deployment with prices. */
export function priced(url: string, name: string, params: object = {}, info: object = {}, provider = 'openai'): object {
  return {
    model_name: name, litellm_params: { model: `${provider}/upstream-model`, api_key: 'sk-upstream-secret', api_base: `${url}/v1`, input_cost_per_token: 0.000001, output_cost_per_token: 0.000002, ...params },
    ...(Object.keys(info).length > 0 && { model_info: info }),
  }
}
