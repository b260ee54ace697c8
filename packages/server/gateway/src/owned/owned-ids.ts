import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Asker, type Scope, type Tenant, tenantOf } from '@tianjillm/cache'

/** What an upstream keeps, and which deployment's upstream. */
export interface Kept {
  readonly deployment: string
  /** As the upstream names it. */
  readonly id: string
}

/** Kinds of object that upstreams keep; the id begins with it, as OpenAI's do. */
export type OwnedKind = 'resp'

/**
 * Ids of what upstreams keep, in the gateway's own words: they say where it is, and only its owner can use them. Nothing is
 * stored, so every replica with the same secret reads them, and an id is the same however often it is made.
 */
export interface OwnedIds {
  ownerOf(asker: Asker): Tenant
  make(kind: OwnedKind, kept: Kept, owner: Tenant): string
  /** What an id means; undefined for whoever is not its owner, as for one that nobody was given. */
  open(kind: OwnedKind, id: string, owner: Tenant): Kept | undefined
}

export interface OwnedIdsOptions {
  /** 32 bytes that all replicas share. Default: random ones, so that ids end with the process. */
  readonly key?: Uint8Array
  /** Who may use an id beside the key that it was handed to. Default `key`: nobody. */
  readonly scope?: Scope
}

const VERSION = 1
const TAG_BYTES = 16
/** Longer ones are nobody's. */
const LONGEST = 2048

/**
 * `resp_` and, in base64url: a version, the first 16 bytes of an HMAC-SHA-256 (RFC 2104) over kind, owner and what follows,
 * deployment and id. The owner is not in it: an id that somebody else presents is as wrong as a forged one.
 */
export function createOwnedIds({ key = randomBytes(32), scope = 'key' }: OwnedIdsOptions = {}): OwnedIds {
  const tagOf = (kind: OwnedKind, owner: Tenant, text: string): Buffer => createHmac('sha256', key).update(JSON.stringify([VERSION, kind, owner, text])).digest().subarray(0, TAG_BYTES)
  return {
    ownerOf: (asker) => tenantOf(asker, scope),
    make(kind, { deployment, id }, owner) {
      const text = JSON.stringify([deployment, id])
      return `${kind}_${Buffer.concat([Buffer.of(VERSION), tagOf(kind, owner, text), Buffer.from(text)]).toString('base64url')}`
    },
    open(kind, id, owner) {
      const prefix = `${kind}_`
      if (id.length > LONGEST || !id.startsWith(prefix)) return undefined
      const written = id.slice(prefix.length)
      const bytes = Buffer.from(written, 'base64url')
      // One way to write each: what is merely read leniently is another id.
      if (bytes.length <= 1 + TAG_BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== written) return undefined
      const text = bytes.toString('utf8', 1 + TAG_BYTES)
      if (!timingSafeEqual(tagOf(kind, owner, text), bytes.subarray(1, 1 + TAG_BYTES))) return undefined
      const [deployment, upstream] = JSON.parse(text) as [string, string]
      return { deployment, id: upstream }
    },
  }
}
