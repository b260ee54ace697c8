import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { messageId, signingKey, webhookHeaders } from './sign.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const keyOf = (text: string): Buffer => signingKey(text) ?? Buffer.alloc(0)

describe('webhookHeaders', () => {
  it('makes the signature of the reference implementations\' test vector', () => {
    expect(webhookHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}', [keyOf(secret)])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('signs UTF-8, with whole seconds', () => {
    const headers = webhookHeaders('msg_1', 12.9, '{"t":"grüße 🎈"}', [keyOf(secret)])
    expect(headers['webhook-timestamp']).toBe('12')
    const expected = createHmac('sha256', Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')).update(Buffer.from('msg_1.12.{"t":"grüße 🎈"}')).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
  })

  it('has a signature for each key while a secret is rotated, the first key first', () => {
    const old = 'an older secret of plain text'
    const both = webhookHeaders('msg_1', 1, '{}', [keyOf(secret), keyOf(old)])['webhook-signature']?.split(' ')
    expect(both).toEqual([keyOf(secret), keyOf(old)].map((key) => webhookHeaders('msg_1', 1, '{}', [key])['webhook-signature']))
  })

  it('has no signature without keys', () => {
    expect(webhookHeaders('msg_1', 1, '{}', [])).not.toHaveProperty('webhook-signature')
  })
})

describe('signingKey', () => {
  it('decodes whsec_ and takes other text as it is', () => {
    expect(keyOf(secret)).toHaveLength(24)
    expect(keyOf('plain text of enough length').toString()).toBe('plain text of enough length')
  })

  it.each(['short', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not base64 not base64 not base64', `whsec_${Buffer.alloc(65).toString('base64')}`])('refuses %s', (text) => {
    expect(signingKey(text)).toBeUndefined()
  })
})

describe('messageId', () => {
  it('is the same for the same records and another for others', () => {
    expect(messageId(['a', 'b'])).toBe(messageId(['a', 'b']))
    expect(new Set([messageId(['a', 'b']), messageId(['ab']), messageId(['a']), messageId(['b', 'a'])]).size).toBe(4)
  })

  it('has no full stop, whatever the records are called', () => {
    expect(messageId(['a.b.c', '..'])).toMatch(/^msg_[\w-]{27}$/)
  })
})
