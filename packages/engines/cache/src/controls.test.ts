import { isGatewayError } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { callTypes, decodeEntry, encodeEntry, operationOf, readControls } from './index.ts'

const read = (field: unknown, more: { header?: string; allowed?: readonly string[]; byDefault?: boolean } = {}) => readControls({ field, byDefault: true, ...more })
const refusal = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return isGatewayError(error) ? [error.code, error.param] : error
  }
}

describe('controls', () => {
  it.each([
    [undefined, { read: true, write: true }], [null, { read: true, write: true }], [{}, { read: true, write: true }],
    [{ 'no-cache': true }, { read: false, write: true }], [{ 'no-store': true }, { read: true, write: false }], [{ ttl: 0 }, { read: true, write: false }],
    [{ ttl: 1.5, 's-maxage': 3 }, { ttlMs: 1500, maxAgeMs: 3000 }], [{ 's-max-age': 4 }, { maxAgeMs: 4000 }], [{ namespace: 'n' }, { namespace: 'n' }], [{ 'use-cache': false }, { read: true }],
  ])('%j', (field, wanted) => expect(read(field)).toMatchObject(wanted))

  it('nothing is asked of the cache when nothing is wanted of it', () => {
    expect(read({ 'no-cache': true, 'no-store': true })).toBeUndefined()
    expect(read(undefined, { byDefault: false })).toBeUndefined()
    expect(read({ ttl: 1 }, { byDefault: false })).toBeUndefined()
    expect(read({ 'use-cache': true }, { byDefault: false })).toMatchObject({ read: true, write: true })
  })

  it('s-maxage of the header says how long the answer is kept, and the body more', () => {
    expect(read(undefined, { header: 'no-cache, S-MaxAge="60"' })).toMatchObject({ read: true, write: true, ttlMs: 60_000, maxAgeMs: Infinity })
    expect(read({ ttl: 5 }, { header: 's-maxage=60' })).toMatchObject({ ttlMs: 5000 })
    expect(read(undefined, { header: 's-maxage=0' })).toMatchObject({ write: false })
    expect(read(undefined, { header: 'max-age=0' })).toMatchObject({ read: true, ttlMs: undefined })
    expect(refusal(() => read(undefined, { header: 's-maxage=soon' }))).toEqual(['invalid_request', 'cache-control'])
  })

  it('what a key may not set is refused, and an empty list allows all', () => {
    expect(refusal(() => read({ 'no-cache': true }, { allowed: ['ttl'] }))).toEqual(['permission_denied', 'cache.no-cache'])
    expect(read({ ttl: 1 }, { allowed: ['ttl'] })).toMatchObject({ ttlMs: 1000 })
    expect(read({ ttl: 1 }, { allowed: [] })).toMatchObject({ ttlMs: 1000 })
  })

  it.each([[7, 'cache'], [[], 'cache'], [{ ttl: Infinity }, 'cache.ttl'], [{ 's-maxage': '3' }, 'cache.s-maxage'], [{ namespace: 3 }, 'cache.namespace'], [{ namespace: 'x'.repeat(201) }, 'cache.namespace'], [{ nostore: true }, 'cache.nostore'], [{ 'no-store': 1 }, 'cache.no-store']])('refuses %j', (field, param) => {
    expect(refusal(() => read(field))).toEqual(['invalid_request', param])
  })
})

it('call types have LiteLLM\'s names, with and without the a of asynchronous ones', () => {
  expect(['acompletion', 'completion', 'atext_completion', 'aembedding', 'aresponses', 'arerank'].map(operationOf)).toEqual(['chat', 'chat', 'completions', 'embeddings', 'responses', 'rerank'])
  expect(['chat', 'constructor', 'a', 'aacompletion'].map(operationOf)).toEqual([undefined, undefined, undefined, undefined])
  expect(callTypes).toContain('aembedding')
})

describe('an entry', () => {
  it('comes back as it was', () => {
    const entry = { body: Buffer.from([0, 10, 255]), storedAt: 1, endsAt: 2, costNanoUsd: 3 }
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry)
    // Also out of the middle of a larger buffer.
    expect(decodeEntry(new Uint8Array(Buffer.concat([Buffer.from('xx'), encodeEntry(entry)])).subarray(2))).toEqual(entry)
  })

  it.each(['', 'x', '{"v":2}\nx', '{"v":1}\nx', `${'x'.repeat(300)}\n`, '{"v":1,"at":"1","ends":2}\n', 'null\n'])('%j is none', (text) => expect(decodeEntry(Buffer.from(text))).toBeUndefined())
})
