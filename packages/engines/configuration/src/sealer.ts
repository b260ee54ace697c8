import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { GatewayError } from '@tianjillm/core'

/** An encrypted JSON value: `s1.<key id>.<nonce>.<text and tag>`, the last two in base64url. */
export type Sealed = string & { readonly __sealed?: never }

/** Encrypts what must not stand in the database as it is. */
export interface Sealer {
  /** Tells which key encrypts; says nothing of the key. */
  readonly keyId: string
  /** @param place kind and id of the record: the value opens there and nowhere else */
  seal(value: unknown, place: string): Sealed
  /** @throws `sealed_differently` when another key, or another place, sealed it, or it was changed */
  open(sealed: Sealed, place: string): unknown
}

const VERSION = 's1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * A key for one purpose from the operator's secret, by HKDF-SHA-256 (RFC 5869): who learns one of them learns nothing of
 * the secret or of the others. @param bytes length of the key
 */
export function deriveKey(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'tianjillm', purpose, bytes))
}

/**
 * AES-256-GCM with a fresh nonce for each value, under a key derived from the operator's secret ({@link deriveKey}).
 * The key's id is derived too, so that a changed secret is told from a damaged value.
 *
 * @param secret `LITELLM_SALT_KEY`, else the master key
 */
export function createSealer(secret: string): Sealer {
  const key = deriveKey(secret, 'sealed values', 32)
  const keyId = deriveKey(secret, 'id of the key of sealed values', 4).toString('hex')
  return {
    keyId,
    seal(value, place) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()])
      return [VERSION, keyId, nonce.toString('base64url'), text.toString('base64url')].join('.')
    },
    open(sealed, place) {
      const [version, sealedBy, nonce = '', text = ''] = sealed.split('.')
      if (version !== VERSION) throw new GatewayError('sealed_differently', 'The stored secret has a form that this version does not know.')
      if (sealedBy !== keyId) throw new GatewayError('sealed_differently', `The stored secret was encrypted with another key (id ${sealedBy}; the key here is ${keyId}). LITELLM_SALT_KEY, or without it the master key, was changed: set it back, or enter the secret again.`)
      const bytes = Buffer.from(text, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place))
        decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
        return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString('utf8'))
      } catch (cause) {
        throw new GatewayError('sealed_differently', 'The stored secret is damaged, or was moved here from another record. Enter it again.', { cause })
      }
    },
  }
}
