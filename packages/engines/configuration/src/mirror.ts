import type { DirectoryChange, RecordStore } from '@tianjillm/auth'
import type { Clock, Log, Timer } from '@tianjillm/core'
import { type ConfigurationDirectory, type ConfigurationKind, type ConfigurationStores, storeOfKind } from './stores.ts'

type RecordOf<Name extends keyof ConfigurationStores> = ConfigurationStores[Name] extends RecordStore<infer R, never> ? R : never

/** Every record by its id. Immutable: a change makes a new one. */
export type ConfigurationSnapshot = { readonly [Name in keyof ConfigurationStores]: ReadonlyMap<string, RecordOf<Name>> }

export interface MirrorOptions {
  readonly directory: ConfigurationDirectory
  readonly clock: Clock
  readonly log: Log
  /** Puts a snapshot into effect. Runs one at a time; must not reject. */
  readonly apply: (snapshot: ConfigurationSnapshot) => Promise<void>
}

/** A copy of the records in memory that follows every change. */
export interface Mirror {
  readonly snapshot: ConfigurationSnapshot
  /** Whether everything was read once. */
  readonly loaded: boolean
  /** Resolves when every change that was told so far was tried to be put into effect. */
  applied(): Promise<void>
  close(): void
}

/** Milliseconds until records that could not be read are read again. */
const AGAIN_MS = 1000
const PAGE = 1000

const kinds = Object.keys(storeOfKind) as readonly ConfigurationKind[]
const empty = Object.fromEntries(Object.values(storeOfKind).map((name) => [name, new Map<string, never>()])) as unknown as ConfigurationSnapshot

/** Begins to read at once. While the records are out of reach the last snapshot stays. */
export function createMirror({ directory, clock, log, apply }: MirrorOptions): Mirror {
  let snapshot = empty
  let loaded = false
  let everything = true
  /** Records to be read again, by kind. */
  let waiting = new Map<ConfigurationKind, Set<string>>()
  let running: Promise<void> | undefined
  let timer: Timer | undefined
  let failed = false
  let closed = false

  const read = async (all: boolean, changed: ReadonlyMap<ConfigurationKind, ReadonlySet<string>>): Promise<void> => {
    const next: Partial<Record<keyof ConfigurationStores, ReadonlyMap<string, unknown>>> = {}
    for (const kind of kinds) {
      const name = storeOfKind[kind]
      const store = directory[name] as RecordStore<{ readonly id: string; readonly version: number }, never>
      if (all) next[name] = await allOf(store)
      else if (changed.has(kind)) next[name] = await patched(store, snapshot[name], changed.get(kind)!)
    }
    snapshot = { ...snapshot, ...(next as Partial<ConfigurationSnapshot>) }
  }

  const due = (): boolean => !closed && (everything || waiting.size > 0)
  const run = async (): Promise<void> => {
    failed = false
    while (due()) {
      const all = everything
      const changed = waiting
      everything = false
      waiting = new Map()
      try {
        await read(all, changed)
        loaded = true
      } catch (error) {
        everything = true
        failed = true
        log.warn({ err: error }, 'stored models and settings could not be read; the last known stay in effect')
        timer = clock.after(AGAIN_MS, start)
        return
      }
      await apply(snapshot)
    }
  }

  const start = (): void => {
    timer?.cancel()
    running ??= run().finally(() => {
      running = undefined
      // What was told between the last look and now.
      if (due() && !failed) start()
    })
  }

  const stop = directory.subscribe((change: DirectoryChange) => {
    if (change.kind === 'all') everything = true
    else if (isOurs(change.kind)) waiting.set(change.kind, (waiting.get(change.kind) ?? new Set()).add(change.id))
    else return
    start()
  })
  start()
  const mirror: Mirror = {
    get snapshot() {
      return snapshot
    },
    get loaded() {
      return loaded
    },
    // What came while it ran runs after it.
    applied: () => (running ? running.then(() => mirror.applied()) : Promise.resolve()),
    close() {
      closed = true
      timer?.cancel()
      stop()
    },
  }
  return mirror
}

function isOurs(kind: string): kind is ConfigurationKind {
  return Object.hasOwn(storeOfKind, kind)
}

async function allOf<R extends { readonly id: string; readonly version: number }>(store: RecordStore<R, never>): Promise<ReadonlyMap<string, R>> {
  const found = new Map<string, R>()
  let after: string | undefined
  do {
    const page = await store.list({ limit: PAGE, ...(after !== undefined && { after }) })
    for (const record of page.records) found.set(record.id, record)
    after = page.next
  } while (after !== undefined)
  // Oldest first: the order in which an operator entered them.
  return new Map([...found].toReversed())
}

async function patched<R extends { readonly id: string; readonly version: number }>(store: RecordStore<R, never>, before: ReadonlyMap<string, unknown>, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, unknown>> {
  const next = new Map(before)
  for (const id of ids) {
    const record = await store.get(id)
    if (record) next.set(id, record)
    else next.delete(id)
  }
  return next
}
