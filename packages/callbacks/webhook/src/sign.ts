/**
 * Signatures and ids after Standard Webhooks 1.0.0.
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import { createHmac, hash } from 'node:crypto'

/**
 * The HMAC key in a configured secret: base64 after `whsec_` (24 to 64 bytes, as the specification
 * has it), or the UTF-8 bytes of any other text of at least 24 characters. Undefined: neither.
 */
export function signingKey(secret: string): Buffer | undefined {
  if (!secret.startsWith('whsec_')) return secret.length >= 24 ? Buffer.from(secret, 'utf8') : undefined
  const encoded = secret.slice('whsec_'.length)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined
  const key = Buffer.from(encoded, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : undefined
}

/** An id that is the same for the same records, so that a receiver recognises a repeated delivery. Holds no full stop. */
export function messageId(recordIds: readonly string[]): string {
  return `msg_${hash('sha256', recordIds.join('\n'), 'base64url').slice(0, 27)}`
}

/**
 * The three headers of one attempt. `webhook-signature` has one signature for each key, so that
 * a secret can be rotated; it is left out without keys.
 * @param seconds Unix time of the attempt
 */
export function webhookHeaders(id: string, seconds: number, body: string, keys: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(seconds))
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  }
}
