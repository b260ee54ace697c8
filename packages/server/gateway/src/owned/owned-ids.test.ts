import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOwnedIds } from './owned-ids.ts'

const key = Buffer.alloc(32, 1)
const ids = createOwnedIds({ key })
const owner = ids.ownerOf({ key: 'key:a', userId: 'u', teamId: 't' })
const kept = { deployment: 'dep', id: 'resp_upstream' }

describe('ids of what upstreams keep', () => {
  it('say where it is, in every replica with the secret, and are the same however often they are made', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), fc.string(), (deployment, id, asker) => {
      const by = ids.ownerOf({ key: asker })
      const made = ids.make('resp', { deployment, id }, by)
      expect(made).toMatch(/^resp_[\w-]+$/)
      expect(ids.make('resp', { deployment, id }, by)).toBe(made)
      expect(createOwnedIds({ key }).open('resp', made, by)).toEqual({ deployment, id })
    }))
  })

  it('LL#39548: are nothing to anybody else, to another secret, or with one character changed', () => {
    const made = ids.make('resp', kept, owner)
    expect(ids.open('resp', made, ids.ownerOf({ key: 'key:b', userId: 'u', teamId: 't' }))).toBeUndefined()
    expect(createOwnedIds({ key: Buffer.alloc(32, 2) }).open('resp', made, owner)).toBeUndefined()
    expect(createOwnedIds().open('resp', made, owner)).toBeUndefined()
    for (let i = 0; i < made.length; i += 1) for (const other of ['A', 'b', '-', '=', ' '].filter((char) => char !== made[i])) expect(ids.open('resp', made.slice(0, i) + other + made.slice(i + 1), owner), String(i)).toBeUndefined()
    for (const other of [`${made}=`, `${made}A`, made.slice(0, -1), made.slice('resp_'.length), '', 'resp_', kept.id, 'x'.repeat(10_000)]) expect(ids.open('resp', other, owner)).toBeUndefined()
  })

  it('any text is no id, and none is answered with a fault', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
      expect(ids.open('resp', text, owner)).toBeUndefined()
      expect(ids.open('resp', `resp_${text}`, owner)).toBeUndefined()
    }))
  })

  it.each([['user', { key: 'x', userId: 'u' }], ['team', { key: 'x', teamId: 't' }], ['organization', { key: 'x', organizationId: 'o' }], ['everyone', { key: 'x' }]] as const)('are shared within the %s when the operator says so', (scope, other) => {
    const wide = createOwnedIds({ key, scope })
    const made = wide.make('resp', kept, wide.ownerOf({ key: 'key:a', userId: 'u', teamId: 't', organizationId: 'o' }))
    expect(wide.open('resp', made, wide.ownerOf(other))).toEqual(kept)
    expect(ids.open('resp', made, ids.ownerOf(other))).toBeUndefined()
  })
})
