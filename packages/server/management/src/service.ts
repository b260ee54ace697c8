import type { Directory, KeyRecord, Principal, RecordStore, TeamRecord, UserRecord, Written } from '@tianjillm/auth'
import { type Clock, GatewayError } from '@tianjillm/core'
import type { Gateway } from '@tianjillm/gateway'

/** What management works on. */
export interface ManagementOptions {
  readonly gateway: Gateway
  readonly directory: Directory
  readonly clock: Clock
}

/** Times that an update is tried again after somebody else's came first. */
const TRIES = 5

/** Reads, changes and writes a record; begins anew when somebody else was quicker. @throws `not_found`, `already_exists`, `changed_meanwhile` */
export async function change<R extends { readonly id: string; readonly version: number }>(store: RecordStore<R, never>, id: string, what: string, make: (before: R) => R | Promise<R>): Promise<R> {
  for (let i = 0; i < TRIES; i += 1) {
    const before = await store.get(id)
    if (!before) throw notFound(what)
    const after = { ...(await make(before)), version: before.version + 1 }
    const written = await store.update(after)
    if (written === 'ok') return after
    if (written !== 'stale') throw refusedWrite(written, what)
  }
  throw new GatewayError('changed_meanwhile', `The ${what} was changed by somebody else at the same moment. Read it again and retry.`)
}

export function refusedWrite(written: Written, what: string): GatewayError {
  return written === 'missing' ? notFound(what) : new GatewayError('already_exists', `Another ${what} has that id, alias, key or e-mail.`)
}

/** The same words for what is not there and what the caller may not see. */
export function notFound(what: string): GatewayError {
  return new GatewayError('not_found', `There is no such ${what}.`, { param: what })
}

/** What a principal is called in `created_by` and `updated_by`. */
export function actor(principal: Principal | undefined): string {
  return principal?.facts.userId ?? principal?.key?.id ?? 'unknown'
}

/** Settled spend in USD and the end of its period, of one owner. */
export async function spendOf({ gateway }: ManagementOptions, owner: { readonly key?: KeyRecord; readonly team?: TeamRecord; readonly user?: UserRecord }): Promise<{ spend: number; resetsAt: number | null }> {
  const { limiter } = gateway.settings
  const rule = limiter?.rulesOf(owner).rules.find(({ counted }) => counted === 'budget')
  if (!limiter || !rule) return { spend: 0, resetsAt: null }
  const [state] = await limiter.store.read([rule])
  return { spend: state!.used / 1_000_000_000, resetsAt: Number.isFinite(state!.resetsAt) ? state!.resetsAt : null }
}
