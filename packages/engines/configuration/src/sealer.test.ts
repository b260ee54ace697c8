import { describe, expect, it } from 'vitest'
import { createSealer } from './index.ts'

describe('sealer', () => {
  const sealer = createSealer('sk-the-salt-key')
  const value = { api_key: 'sk-upstream-secret', api_base: 'https://example.com/v1', deep: [1, null, 'ü\0'] }

  it('what was sealed opens to the same, in a process of the same secret', () => {
    expect(createSealer('sk-the-salt-key').open(sealer.seal(value, 'model:a'), 'model:a')).toEqual(value)
  })

  it('shows nothing of the value, and never looks the same twice', () => {
    const [one, two] = [sealer.seal(value, 'model:a'), sealer.seal(value, 'model:a')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.split('.')[3]!, 'base64url').toString('latin1')).not.toMatch(/sk-upstream|example/)
  })

  it('a changed secret is told, with the ids of both keys and neither key', () => {
    const other = createSealer('sk-another-salt-key')
    expect(() => other.open(sealer.seal(value, 'model:a'), 'model:a')).toThrow(new RegExp(`id ${sealer.keyId}; the key here is ${other.keyId}.*LITELLM_SALT_KEY`))
    expect(sealer.keyId).toMatch(/^[0-9a-f]{8}$/)
  })

  it('opens in no other record, and not once it was touched', () => {
    const sealed = sealer.seal(value, 'model:a')
    expect(() => sealer.open(sealed, 'model:b')).toThrow(expect.objectContaining({ code: 'sealed_differently' }))
    const parts = sealed.split('.')
    const bytes = Buffer.from(parts[3]!, 'base64url')
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes)
      changed[i]! ^= 1
      expect(() => sealer.open([...parts.slice(0, 3), changed.toString('base64url')].join('.'), 'model:a')).toThrow(expect.objectContaining({ code: 'sealed_differently' }))
    }
    for (const odd of ['', 's1', 's2.a.b.c', `s1.${sealer.keyId}.`, `s1.${sealer.keyId}.AAAA.`]) expect(() => sealer.open(odd, 'model:a')).toThrow(expect.objectContaining({ code: 'sealed_differently' }))
  })
})
