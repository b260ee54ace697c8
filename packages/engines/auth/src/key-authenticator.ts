import { timingSafeEqual } from 'node:crypto'
import { type Clock, GatewayError } from '@tianjillm/core'
import { narrowing } from './allowed-routes.ts'
import { hashKey, KEY_PREFIX } from './key-material.ts'
import { modelAccess } from './model-access.ts'
import type { Authenticator, Principal } from './principal.ts'
import type { BudgetRecord, KeyRecord, OrganizationRecord, TeamRecord, UserRecord } from './records.ts'
import type { Directory, RecordKind } from './store.ts'

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
  /** The records that it was made from, and those that were missing: a change of one makes it anew. */
  readonly madeFrom: ReadonlySet<string>
}

/** Who stands behind a key. */
interface Owners {
  readonly team: TeamRecord | undefined
  readonly user: UserRecord | undefined
  readonly organization: OrganizationRecord | undefined
  readonly budgets: ReadonlyMap<string, BudgetRecord>
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
    const get = <R>(store: { get(id: string): Promise<R | undefined> }, id: string | null | undefined): Promise<R | undefined> | undefined => (id === null || id === undefined ? undefined : store.get(id))
    const [team, user] = await Promise.all([get(directory.teams, key.teamId), get(directory.users, key.userId)])
    const organization = await get(directory.organizations, key.organizationId ?? team?.organizationId)
    const named = budgetIds(key, team, user, organization)
    const found = await Promise.all(named.map((id) => directory.budgets.get(id)))
    const budgets = new Map(found.flatMap((budget) => (budget ? [[budget.id, budget]] : [])))
    return warmUp(hash, key, { team, user, organization, budgets }, new Set(named))
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
    if (entry.blocked) throw new GatewayError('blocked_key', 'The API key, its team, user or organization is blocked. Ask your administrator.')
    return entry.principal
  }

  directory.subscribe((change) => {
    pending = new Map()
    if (change.kind === 'key' || change.kind === 'all') unknown.clear()
    for (const [hash, { madeFrom }] of warm) if (change.kind === 'all' || madeFrom.has(nameOf(change.kind, change.id))) warm.delete(hash)
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

function nameOf(kind: RecordKind, id: string): string {
  return `${kind} ${id}`
}

/** The budget objects that a caller's records name. */
function budgetIds(key: KeyRecord, team: TeamRecord | undefined, user: UserRecord | undefined, organization: OrganizationRecord | undefined): string[] {
  const member = team?.members.find(({ userId }) => userId === key.userId)
  return [...new Set([key, team, user, member, organization].flatMap((holder) => holder?.budgetId ?? []))]
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

function warmUp(hash: string, key: KeyRecord, { team, user, organization, budgets }: Owners, named: ReadonlySet<string>): Warm {
  const access = modelAccess(key, { team, user, organization })
  const narrows = narrowing(key)
  const organizationId = key.organizationId ?? team?.organizationId
  const principal: Principal = {
    tenant: `key:${key.id}`,
    // A key of nobody calls models and looks at itself.
    role: user?.role ?? 'internal_user_viewer',
    facts: Object.freeze({
      keyHash: key.hash,
      keyId: key.id,
      ...(key.alias !== null && { keyAlias: key.alias }),
      ...(key.userId !== null && { userId: key.userId }),
      ...(key.teamId !== null && { teamId: key.teamId }),
      ...(organizationId !== undefined && organizationId !== null && { organizationId }),
    }),
    key,
    ...(team && { team }),
    ...(user && { user }),
    ...(organization && { organization }),
    ...(budgets.size > 0 && { budgets }),
    ...(access && { access }),
    ...(narrows && { narrows }),
  }
  const ends = [key.expiresAt, hash === key.hash ? null : (key.previousUntil ?? 0)].filter((at) => at !== null)
  const owners: readonly (readonly [RecordKind, string | null | undefined, { readonly blocked: boolean } | undefined])[] = [['key', key.id, key], ['team', key.teamId, team], ['user', key.userId, user], ['organization', organizationId, organization]]
  const meant = owners.filter((owner): owner is [RecordKind, string, { readonly blocked: boolean } | undefined] => owner[1] !== null && owner[1] !== undefined)
  return {
    hash,
    principal: Object.freeze(principal),
    until: ends.length === 0 ? null : Math.min(...ends),
    // A key whose team, user or organization is gone must not outlive what limited it.
    blocked: meant.some(([, , record]) => record?.blocked !== false),
    madeFrom: new Set([...meant.map(([kind, id]) => nameOf(kind, id)), ...[...named].map((id) => nameOf('budget', id))]),
  }
}
