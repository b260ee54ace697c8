import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMasterKeyAuthenticator, presentedKey, type Role, roleHolds } from './index.ts'

const present = (headers: Record<string, string>, own?: string): string | undefined => presentedKey((name) => headers[name], own)

describe('presentedKey', () => {
  it.each([
    ['Bearer sk-a', 'sk-a'], ['bearer sk-a', 'sk-a'], ['BEARER   sk-a ', 'sk-a'], ['sk-a', 'sk-a'],
    ['Bearer', undefined], ['Bearer ', undefined], ['', undefined], ['Bearersk-a', 'Bearersk-a'],
  ])('reads `authorization: %s`', (value, key) => {
    expect(present({ authorization: value })).toBe(key)
  })

  it('asks the headers of all dialects, in order', () => {
    const headers = { 'x-own': 'sk-1', 'x-litellm-api-key': 'Bearer sk-2', authorization: 'Bearer sk-3', 'api-key': 'sk-4', 'x-api-key': 'sk-5', 'x-goog-api-key': 'sk-6', 'ocp-apim-subscription-key': 'sk-7' }
    const left: Record<string, string> = { ...headers }
    for (const [name, value] of Object.entries(headers)) {
      expect(present(left, 'x-own')).toBe(value.replace('Bearer ', ''))
      delete left[name]
    }
    expect(present(left, 'x-own')).toBeUndefined()
  })

  it('goes on to the next header when one is empty', () => {
    expect(present({ 'x-own': '', authorization: 'Bearer ', 'api-key': ' ', 'x-api-key': 'sk-5' }, 'x-own')).toBe('sk-5')
  })

  it('does not ask the operator\'s header unless it is set', () => {
    expect(present({ 'x-own': 'sk-1' })).toBeUndefined()
  })
})

describe('the master key', () => {
  const { authenticate } = createMasterKeyAuthenticator('sk-master')

  it('lets in its holder, with facts that are no credential', () => {
    const principal = authenticate('sk-master')
    expect(principal).toMatchObject({ role: 'proxy_admin', facts: { keyAlias: 'master' } })
    expect(JSON.stringify(principal)).not.toContain('sk-master')
    expect(Object.isFrozen(principal)).toBe(true)
  })

  it('lets in nobody else', () => {
    for (const key of ['', 'sk-maste', 'sk-master ', 'SK-MASTER', 'sk-master\0']) expect(authenticate(key)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (key) => key === 'sk-master' || authenticate(key) === undefined))
  })
})

describe('roleHolds', () => {
  it('grants an admin what routes ask for', () => {
    for (const permission of ['public', 'inference', 'models:read'] as const) expect(roleHolds('proxy_admin', permission)).toBe(true)
  })

  it.each(['', 'user', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])('grants the unknown role %j nothing', (role) => {
    expect(roleHolds(role as Role, 'inference')).toBe(false)
  })

  it('grants no unknown permission', () => {
    expect(roleHolds('proxy_admin', 'everything' as 'inference')).toBe(false)
  })
})
