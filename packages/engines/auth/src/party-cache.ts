import type { BudgetRecord } from './records.ts'
import type { Directory, RecordKind, RecordStore } from './store.ts'

/** Somebody or something that a request names: what is known of it. Immutable; the same object until something changes. */
export interface Party<R> {
  readonly kind: RecordKind
  readonly id: string
  /** Undefined when nobody made a record for that id. */
  readonly record: R | undefined
  /** The budget object that holds for it. */
  readonly budget: BudgetRecord | undefined
}

export interface PartyCacheOptions<R extends PartyRecord> {
  readonly directory: Directory
  readonly kind: RecordKind
  readonly store: RecordStore<R, never>
  /** The budget object of those that name none, and of the unknown. */
  readonly defaultBudgetId?: string
  /** Parties that are kept ready, unknown ones too: callers choose these ids. Default 10,000. */
  readonly most?: number
}

interface PartyRecord {
  readonly id: string
  readonly version: number
  readonly budgetId: string | null
}

/** Looks parties up. */
export interface PartyCache<R> {
  /** Answers without a promise once the id was asked for, whether or not there is a record. */
  get(id: string): Party<R> | Promise<Party<R>>
}

interface Entry<R> {
  readonly party: Party<R>
  readonly budgetId: string | undefined
}

/** Entries are dropped when the directory tells that their record or budget changed, or when newer ones need the room; never by age. */
export function createPartyCache<R extends PartyRecord>({ directory, kind, store, defaultBudgetId, most = 10_000 }: PartyCacheOptions<R>): PartyCache<R> {
  const entries = new Map<string, Entry<R>>()
  let pending = new Map<string, Promise<Party<R>>>()

  const load = async (id: string): Promise<Entry<R>> => {
    const record = await store.get(id)
    const budgetId = record?.budgetId ?? defaultBudgetId
    return { party: Object.freeze({ kind, id, record, budget: budgetId === undefined ? undefined : await directory.budgets.get(budgetId) }), budgetId }
  }

  const lookUp = (id: string): Promise<Party<R>> => {
    const running = pending.get(id)
    if (running) return running
    // A change puts a new map in place: what was read before it is neither kept nor shared.
    const batch = pending
    const loading = load(id).then((entry) => {
      if (batch === pending) {
        if (entries.size >= most) entries.delete(entries.keys().next().value!)
        entries.set(id, entry)
      }
      return entry.party
    }).finally(() => batch.delete(id))
    batch.set(id, loading)
    return loading
  }

  directory.subscribe((change) => {
    if (change.kind !== 'all' && change.kind !== kind && change.kind !== 'budget') return
    pending = new Map()
    if (change.kind === 'all') entries.clear()
    else if (change.kind === kind) entries.delete(change.id)
    else for (const [id, { budgetId }] of entries) if (budgetId === change.id) entries.delete(id)
  })

  return { get: (id) => entries.get(id)?.party ?? lookUp(id) }
}
