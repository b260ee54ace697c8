import type { Author, BudgetRecord, Principal, RecordStore, Written } from '@tianjillm/auth'
import { type Clock, GatewayError } from '@tianjillm/core'
import type { Gateway, Subject } from '@tianjillm/gateway'
import type { SpendReader } from '@tianjillm/spend'
import type { AuditedStore } from './audit/audited-store.ts'
import { type AuditedDirectory, write as writeDirectory } from './audit/described.ts'
import type { Caller } from './define-route.ts'
import type { NewUserDefaults } from './users/defaults.ts'

/** What management works on. */
export interface ManagementOptions {
  readonly gateway: Gateway
  readonly directory: AuditedDirectory
  readonly clock: Clock
  /** Reads the ledger, for those who show its sums; absent: there is none. */
  readonly spend?: SpendReader
  /** Whether changes are written down (`litellm_settings.store_audit_logs`). Default true. */
  readonly audits?: boolean
  /** What new users get where nobody says otherwise (`default_internal_user_params`). */
  readonly newUsers?: NewUserDefaults
}

/** Times that an update is tried again after somebody else's came first. */
const TRIES = 5

/** Reads, changes and writes a record; begins anew when somebody else was quicker. @throws `not_found`, `already_exists`, `changed_meanwhile` */
export async function change<R extends Changing>(store: AuditedStore<RecordStore<R, never>>, id: string, what: string, author: Author, make: (before: R) => R | Promise<R>): Promise<R> {
  for (let i = 0; i < TRIES; i += 1) {
    const before = await store.get(id)
    if (!before) throw notFound(what)
    const after = { ...(await make(before)), updatedAt: author.now, updatedBy: author.by, version: before.version + 1 }
    const written = await store.update(after, author)
    if (written === 'ok') return after
    if (written !== 'stale') throw refusedWrite(written, what)
  }
  throw new GatewayError('changed_meanwhile', `The ${what} was changed by somebody else at the same moment. Read it again and retry.`)
}

interface Changing {
  readonly id: string
  readonly version: number
  readonly updatedAt: number
  readonly updatedBy: string
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

/** Who asks for a change, and when: written into the record, and beside it into the audit log. */
export function authorOf({ clock, audits = true }: Pick<ManagementOptions, 'clock' | 'audits'>, { principal, claimed }: Caller, write: NonNullable<Author['write']> = writeDirectory): Author {
  return { now: clock.now(), by: actor(principal), keyHash: principal?.key?.hash ?? null, claimed, ...(audits && { write }) }
}

/** What an owner spent in its period, for those who show it. */
export interface Spent {
  /** Settled, in USD. */
  readonly spend: number
  /** End of the period, epoch milliseconds; null: never. */
  readonly resetsAt: number | null
  /** The budget object behind the owner's own limits. */
  readonly budget: BudgetRecord | undefined
}

/** Settled spend of the one owner that the subject is. */
export async function spendOf(options: ManagementOptions, subject: Subject): Promise<Spent> {
  const { limiter } = options.gateway.settings
  const whole = await withBudgets(options, subject)
  const budget = [...(whole.budgets?.values() ?? []), whole.customer?.budget, whole.tag?.budget].find((one) => one !== undefined)
  const rule = limiter?.rulesOf(whole).find(({ counted, model }) => counted === 'budget' && model === undefined)
  if (!limiter || !rule) return { spend: 0, resetsAt: null, budget }
  const [state] = await limiter.store.read([rule])
  return { spend: state!.used / 1_000_000_000, resetsAt: Number.isFinite(state!.resetsAt) ? state!.resetsAt : null, budget }
}

/** The subject with the budget objects that its records name. */
export async function withBudgets({ directory }: ManagementOptions, subject: Subject): Promise<Subject> {
  const { key, team, user, organization } = subject
  const member = team?.members.find(({ userId }) => userId === (key ? key.userId : user?.id))
  const ids = [...new Set([key, team, user, organization, member].flatMap((holder) => holder?.budgetId ?? []))]
  if (ids.length === 0) return subject
  const found = await Promise.all(ids.map((id) => directory.budgets.get(id)))
  return { ...subject, budgets: new Map(found.flatMap((budget) => (budget ? [[budget.id, budget]] : []))) }
}

/** Refuses a reference to a budget object that is not there. @throws `not_found` */
export async function checkBudget({ directory }: ManagementOptions, id: string | null | undefined): Promise<void> {
  if (id && !(await directory.budgets.get(id))) throw notFound('budget_id')
}

/** Every record of a store that a filter lets through, a thousand at a time. */
export async function all<R extends { readonly version: number }, F>(store: Pick<RecordStore<R, F>, 'list'>, filter?: F): Promise<R[]> {
  const found: R[] = []
  let after: string | undefined
  do {
    const page = await store.list({ limit: 1000, ...(filter !== undefined && { filter }), ...(after !== undefined && { after }) })
    found.push(...page.records)
    after = page.next
  } while (after !== undefined)
  return found
}
