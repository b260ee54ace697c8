import type { Cache } from '@tianjillm/core'
import { answer } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { stage } from '../__fixtures__/gateway.ts'

const completion = { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }

/** A cache that tells for how long it was asked to keep things. */
function memory(broken = false): Cache & { readonly kept: Map<string, number> } {
  const values = new Map<string, Uint8Array>()
  const kept = new Map<string, number>()
  const check = (): void => {
    if (broken) throw new Error('cache is down')
  }
  return {
    kept,
    get: (key) => { check(); return values.get(key) },
    set: (key, value, ttlMs) => { check(); values.set(key, value); kept.set(key, ttlMs) },
    delete: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}

async function cached(mode: 'on' | 'off' = 'on', cache = memory()) {
  const staged = await stage({ settings: { cache: { cache, ttlMs: 1000, mode } } })
  staged.upstream.otherwise(answer.json(completion))
  /** Sends bodies in turn; tells how many of them reached the upstream. */
  const asked = async (...bodies: readonly object[]): Promise<number> => {
    for (const body of bodies) expect((await staged.fetch(body)).status).toBe(200)
    return staged.upstream.requests.length
  }
  return { ...staged, cache, asked, [Symbol.asyncDispose]: () => staged[Symbol.asyncDispose]() }
}

describe('the answer cache', () => {
  it('answers the second time by itself, free of charge, whatever the order of keys', async () => {
    await using staged = await cached()
    expect(await staged.asked({ temperature: 1, top_p: 1 }, { top_p: 1, temperature: 1 })).toBe(1)
    expect(staged.records[1]).toMatchObject({ cacheHit: true, attempts: 0, costNanoUsd: 0, status: 'success' })
  })

  it.each([
    ['another parameter', { temperature: 1 }, { temperature: 0.5 }, 2], ['another namespace', { cache: { namespace: 'a' } }, { cache: { namespace: 'b' } }, 2],
    ['another user', { user: 'a' }, { user: 'b' }, 1], ['a list for an object', { x: [['a', 1]] }, { x: { a: 1 } }, 2],
    ['no-cache', {}, { cache: { 'no-cache': true } }, 2], ['no-store before', { cache: { 'no-store': true } }, {}, 2], ['a ttl of nothing before', { cache: { ttl: 0 } }, {}, 2],
  ])('told by %s', async (_name, first, second, calls) => {
    await using staged = await cached()
    expect(await staged.asked(first, second)).toBe(calls)
  })

  it('keeps an answer as long as the request says', async () => {
    await using staged = await cached()
    await staged.asked({}, { top_p: 1, cache: { ttl: 60 } })
    expect([...staged.cache.kept.values()]).toEqual([1000, 60_000])
  })

  it('is asked only on wish when it is off by default', async () => {
    await using staged = await cached('off')
    expect(await staged.asked({}, {})).toBe(2)
    expect(await staged.asked({ cache: { 'use-cache': true } }, { cache: { 'use-cache': true } })).toBe(3)
  })

  it('is passed by when it fails', async () => {
    await using staged = await cached('on', memory(true))
    expect(await staged.asked({}, {})).toBe(2)
  })

  it.each([[{ cache: 'yes' }], [{ cache: [] }], [{ cache: { ttl: -1 } }], [{ cache: { ttl: '5' } }]])('refuses %j', async (body) => {
    await using staged = await cached()
    expect((await staged.fetch(body)).status).toBe(400)
    expect(staged.upstream.requests).toHaveLength(0)
  })
})
