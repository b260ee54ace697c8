import { randomUUID } from 'node:crypto'
import { GatewayError } from '@tianjillm/core'
import type { CacheBinding, Gateway } from '@tianjillm/gateway'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'

const key = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(500, 'is too long'))
const done = v.object({ status: v.literal('success') })
const texts = v.record(v.string(), v.string())
/** Milliseconds that the entry lives which shows that the store takes entries. */
const TRIAL_MS = 10_000

/** `/cache`: whether the answer cache works, and taking answers out of it. */
export function cacheRoutes({ gateway }: { readonly gateway: Gateway }): readonly DocumentedRoute[] {
  const tag = 'Cache'
  const binding = (): CacheBinding => {
    const { cache } = gateway.settings
    if (!cache) throw new GatewayError('no_cache', 'There is no answer cache: `litellm_settings.cache` is off.')
    return cache
  }

  return [
    defineRoute({
      method: 'GET', paths: ['/cache/ping'], permission: 'cache:read', tag, summary: 'Whether the answer cache answers, and takes and gives an entry.',
      answer: v.object({
        status: v.literal('healthy'), cache_type: v.string(), ping_response: v.boolean(), set_cache_response: v.literal('success'), litellm_cache_params: v.string(),
        stats: v.nullable(v.object({ operations: v.number(), failures: v.number(), timeouts: v.number(), spared: v.number(), breaker: v.picklist(['closed', 'open', 'half-open']) })),
      }),
      async handle() {
        const { type, cache, byDefault, scope, operations, similar, stats } = binding()
        await orUnavailable(async () => {
          await cache.ping?.()
          const [name, value] = [`ping-${randomUUID()}`, Buffer.from('ping')]
          await cache.set(name, value, TRIAL_MS)
          const found = await cache.get(name)
          await cache.delete(name)
          if (!found || !value.equals(found)) throw new Error('The store did not give back what it was given.')
        })
        const params = { type, mode: byDefault ? 'default_on' : 'default_off', scope, operations: operations ? [...operations] : null, embedding_model: similar?.model ?? null }
        return { status: 'healthy' as const, cache_type: type, ping_response: true, set_cache_response: 'success' as const, litellm_cache_params: JSON.stringify(params), stats: stats?.() ?? null }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/cache/delete'], permission: 'cache:write', tag, summary: 'Takes answers out of the cache, by the keys that `x-litellm-cache-key` told.',
      body: v.strictObject({ keys: v.pipe(v.array(key), v.minLength(1, 'must name at least one'), v.maxLength(1000, 'holds too many')) }), answer: done,
      async handle({ body: { keys } }) {
        const { cache } = binding()
        await orUnavailable(async () => void (await Promise.all(keys.map(async (one) => cache.delete(one)))))
        return { status: 'success' as const }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/cache/flushall'], permission: 'cache:write', tag, summary: 'Empties the answer cache, and nothing else in its store.', answer: done,
      async handle() {
        const { cache } = binding()
        await orUnavailable(async () => cache.clear())
        return { status: 'success' as const }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/cache/redis/info'], permission: 'cache:read', tag, summary: 'What the server behind the answer cache tells of itself and its clients.',
      answer: v.object({ num_clients: v.number(), clients: v.array(texts), info: texts }),
      async handle() {
        const { type, cache } = binding()
        if (!cache.info) throw new GatewayError('invalid_request', `The cache ${JSON.stringify(type)} has no server that tells of itself.`)
        const { clients, facts } = await orUnavailable(async () => cache.info!())
        return { num_clients: clients.length, clients, info: facts }
      },
    }),
  ]
}

/** @throws `cache_unavailable` */
async function orUnavailable<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw new GatewayError('cache_unavailable', `The answer cache does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
