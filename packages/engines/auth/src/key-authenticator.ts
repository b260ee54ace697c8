import { timingSafeEqual } from 'node:crypto'
import { type Clock, GatewayError } from '@tianjillm/core'
import { narrowing } from './allowed-routes.ts'
import { hashKey, KEY_PREFIX } from './key-material.ts'
import { modelAccess } from './model-access.ts'
import type { Authenticator, Principal } from './principal.ts'
import type { KeyRecord, TeamRecord, UserRecord } from './records.ts'
import type { Directory, DirectoryChange } from './store.ts'

export interface KeyAuthenticatorOptions {
  readonly directory: Directory
  /** The operator's key, starting with `sk-`. */
  readonly masterKey: string
  readonly clock: Clock
  /** Keys that are kept ready. Default 10,000. */
  readonly warmKeys?: number
  /** Milliseconds that an unknown key is remembered as unknown. Default 5,000. */
  readonly unknownForMs?: number
}

interface Warm {
  /** Of the key that was presented: a regenerated one has two. */
  readonly hash: string
  readonly principal: Principal
  /** No longer valid from then on; null: never. */
  readonly until: number | null
  readonly blocked: boolean
}

/**
 * Keys in use are answered from memory, without waiting; others are looked up once however many requests
 * wait for them. Entries are dropped when the directory tells that a record changed, never by age.
 */
export function createKeyAuthenticator({ directory, masterKey, clock, warmKeys = 10_000, unknownForMs = 5000 }: KeyAuthenticatorOptions): Authenticator {
  const masterHash = Buffer.from(hashKey(masterKey), 'hex')
  const master = masterPrincipal()
  const warm = new Map<string, Warm>()
  const entries = new WeakMap<Principal, Warm>()
  const unknown = new Map<string, number>()
  let pending = new Map<string, Promise<Warm | undefined>>()

  const load = async (hash: string): Promise<Warm | undefined> => {
    const key = await directory.keys.byHash(hash)
    if (!key) return undefined
    const [team, user] = await Promise.all([key.teamId === null ? undefined : directory.teams.get(key.teamId), key.userId === null ? undefined : directory.users.get(key.userId)])
    return warmUp(hash, key, team, user)
  }

  const lookUp = (hash: string): Promise<Warm | undefined> => {
    const running = pending.get(hash)
    if (running) return running
    // An invalidation puts a new map in place: what was read before it is neither kept nor shared.
    const batch = pending
    const loading = load(hash).then((found) => {
      if (batch === pending) {
        if (found) {
          remember(warm, hash, found, warmKeys)
          entries.set(found.principal, found)
        } else remember(unknown, hash, clock.monotonic() + unknownForMs, warmKeys)
      }
      return found
    }).finally(() => batch.delete(hash))
    batch.set(hash, loading)
    return loading
  }

  const admit = (entry: Warm | undefined): Principal | undefined => {
    if (!entry) return undefined
    if (entry.until !== null && clock.now() >= entry.until) throw new GatewayError('expired_key', 'The API key has expired. Ask your administrator for a new one.')
    if (entry.blocked) throw new GatewayError('blocked_key', 'The API key, its team or its user is blocked. Ask your administrator.')
    return entry.principal
  }

  directory.subscribe((change) => {
    pending = new Map()
    if (change.kind === 'key' || change.kind === 'all') unknown.clear()
    for (const [hash, { principal }] of warm) if (concerns(change, principal)) warm.delete(hash)
  })

  return {
    authenticate(text) {
      const hash = hashKey(text)
      const entry = warm.get(hash)
      if (entry) return admit(entry)
      if (timingSafeEqual(Buffer.from(hash, 'hex'), masterHash)) return master
      if (!text.startsWith(KEY_PREFIX)) return undefined
      const until = unknown.get(hash)
      if (until !== undefined && clock.monotonic() < until) return undefined
      return lookUp(hash).then(admit)
    },
    holds(principal) {
      if (principal === master) return true
      const entry = entries.get(principal)
      return entry !== undefined && warm.get(entry.hash) === entry && !entry.blocked && (entry.until === null || clock.now() < entry.until)
    },
  }
}

/** Whether what is known of a caller may be out of date after a change. */
function concerns(change: DirectoryChange, { key }: Principal): boolean {
  switch (change.kind) {
    case 'key': return key?.id === change.id
    case 'team': return key?.teamId === change.id
    case 'user': return key?.userId === change.id
    case 'all': return true
  }
}

/** Adds an entry; a full map loses the one that came first. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  if (map.size >= most) map.delete(map.keys().next().value!)
  map.set(key, value)
}

/** The caller that is the operator. */
export function masterPrincipal(): Principal {
  return Object.freeze({ tenant: 'master', role: 'proxy_admin', facts: Object.freeze({ keyAlias: 'master', userId: 'default_user_id' }) })
}

function warmUp(hash: string, key: KeyRecord, team: TeamRecord | undefined, user: UserRecord | undefined): Warm {
  const access = modelAccess(key, team, user)
  const narrows = narrowing(key)
  const organizationId = key.organizationId ?? team?.organizationId
  const principal: Principal = {
    tenant: `key:${key.id}`,
    // A key of nobody calls models and looks at itself.
    role: user?.role ?? 'internal_user_viewer',
    facts: Object.freeze({
      keyHash: key.hash,
      ...(key.alias !== null && { keyAlias: key.alias }),
      ...(key.userId !== null && { userId: key.userId }),
      ...(key.teamId !== null && { teamId: key.teamId }),
      ...(organizationId !== undefined && organizationId !== null && { organizationId }),
    }),
    key,
    ...(team && { team }),
    ...(user && { user }),
    ...(access && { access }),
    ...(narrows && { narrows }),
  }
  const ends = [key.expiresAt, hash === key.hash ? null : (key.previousUntil ?? 0)].filter((at) => at !== null)
  // A key whose team or user is gone must not outlive what limited it.
  const orphaned = (key.teamId !== null && !team) || (key.userId !== null && !user)
  return { hash, principal: Object.freeze(principal), until: ends.length === 0 ? null : Math.min(...ends), blocked: key.blocked || team?.blocked === true || user?.blocked === true || orphaned }
}
