import type { Usage } from '@tianjillm/core'
import type { UsageDay, UsageQuery, UsageRow, UsageSheet, UsageSheetQuery } from './usage.ts'

/** One settled call, as it is kept. No texts, no credentials. Times are milliseconds since the epoch. */
export interface LedgerEntry {
  /** Ours, never the caller's choice: with {@link startedAt} it makes a second insert a no-op. */
  readonly id: string
  /** The id that the caller chose for the call, where it chose one. */
  readonly callId?: string | undefined
  /** Core's operation: `chat`, `embeddings`, ... */
  readonly operation: string
  readonly status: 'success' | 'failure' | 'cancelled' | 'blocked'
  readonly stream: boolean
  /** When it was admitted: its cost belongs to the day, and to the budget periods, of this moment. */
  readonly startedAt: number
  readonly firstByteAt?: number | undefined
  readonly endedAt: number
  /** The model that the caller named. */
  readonly model: string
  /** The group of deployments that the name stands for; absent when there is none. */
  readonly modelGroup?: string | undefined
  /** The model whose own limits the call counted under, where that is not {@link modelGroup}. */
  readonly limitModel?: string | undefined
  readonly deploymentId?: string | undefined
  readonly provider?: string | undefined
  readonly apiBase?: string | undefined
  readonly keyHash?: string | undefined
  /** Stays when the key is regenerated; the key's spend hangs on it. */
  readonly keyId?: string | undefined
  readonly userId?: string | undefined
  readonly teamId?: string | undefined
  readonly organizationId?: string | undefined
  readonly endUser?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly usage?: Usage | undefined
  /** Integer nano-USD; absent when no price is known. */
  readonly costNanoUsd?: number | undefined
  /** Which prices were used. */
  readonly priceVersion?: string | undefined
  readonly cacheHit: boolean
  readonly attempts: number
  readonly errorCode?: string | undefined
  readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** What a ledger did so far. */
export interface LedgerStats {
  /** Accepted and not yet inserted. */
  readonly queued: number
  readonly inserted: number
  /** Lost: no room, or refused by the database for what they hold. Each loss is logged. */
  readonly dropped: number
}

/** Where settled calls are written down, off the request's path. */
export interface Ledger {
  /**
   * Accepts an entry. When it returns, a ledger that is backed by a disk has the entry in its journal:
   * the end of the process no longer loses it. Never throws, never waits for the database.
   *
   * @param written the entry may be written down a little later, in this turn of the event loop and together with
   * others of it; called once when it is
   */
  append(entry: LedgerEntry, written?: () => void): void
  /** Resolves when everything accepted so far is inserted, or when the signal fires. */
  flush(signal: AbortSignal): Promise<void>
  /** Flushes, then takes no more. What could not be inserted is left to the journal. */
  close(signal: AbortSignal): Promise<void>
  stats(): LedgerStats
}

/** Which entries to read. Times are milliseconds since the epoch, `to` is exclusive. */
export interface SpendFilter {
  readonly keyHash?: string
  readonly keyId?: string
  readonly userId?: string
  readonly teamId?: string
  readonly organizationId?: string
  readonly endUser?: string
  /** The model group. */
  readonly model?: string
  readonly deploymentId?: string
  readonly status?: LedgerEntry['status']
  /** One of these. */
  readonly errorCodes?: readonly string[]
  /** The entry's own id, or the one that the caller chose. */
  readonly requestId?: string
  /** Nano-USD, both included; an unknown cost is no cost. */
  readonly leastCost?: number
  readonly mostCost?: number
  readonly from?: number
  readonly to?: number
}

/** Where a page ended: the last entry on it. */
export interface SpendCursor {
  readonly startedAt: number
  readonly id: string
}

export interface SpendPage {
  /** Newest first. */
  readonly entries: readonly LedgerEntry[]
  /** Absent on the last page. */
  readonly next?: SpendCursor
}

/** How often something failed in a day, on a deployment. */
export interface DailyErrors {
  /** `2025-01-31` */
  readonly day: string
  /** `''` where no deployment was reached. */
  readonly apiBase: string
  readonly count: number
}

/** What an aggregate counts. A `key` is named by its stable id, a `member` by `<team>:<user>`. */
export type SpendEntity = 'total' | 'key' | 'user' | 'team' | 'member' | 'organization' | 'end_user' | 'tag' | 'model' | 'provider' | 'deployment'

/** The sum over the daily aggregates of an entity. */
export interface SpendSum {
  readonly requests: number
  /** Requests that did not succeed. */
  readonly failures: number
  readonly costNanoUsd: number
  readonly usage: Usage
}

/** Whose spend, and since when. */
export interface SpentQuery {
  readonly entity: SpendEntity
  readonly id: string
  /** Only calls of this model: the one whose limits they counted under, else their model group. */
  readonly model?: string
  /** Milliseconds since the epoch, inclusive; 0 is everything. */
  readonly since: number
}

/** Reads what a ledger wrote. */
export interface SpendReader {
  /** @param limit entries on a page */
  page(filter: SpendFilter, limit: number, after?: SpendCursor): Promise<SpendPage>
  /** Entries of a filter, counted up to a limit: beyond it the answer is the limit. */
  count(filter: SpendFilter, limit: number): Promise<number>
  /** Adds daily sums up. Days and values without calls are left out. */
  usage(query: UsageQuery): Promise<readonly (readonly UsageRow[])[]>
  /**
   * Daily sums day by day, as they come from where they are kept; all of them are of one moment. Days without calls are
   * left out. Who stops before the end leaves nothing behind.
   */
  usageSheets(query: UsageSheetQuery): AsyncIterable<UsageSheet>
  /** The days of a question that have usage, the newest first: for who asks for the answer in parts. */
  usageDays(query: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>): Promise<readonly UsageDay[]>
  /** Entries with these error codes by day and upstream address, oldest day first; from the entries, as long as they are kept. */
  errors(filter: SpendFilter & { readonly errorCodes: readonly string[]; readonly from: number; readonly to: number }): Promise<readonly DailyErrors[]>
  /** Sum of the daily aggregates of an entity; `total` has the id `''`. */
  sum(entity: SpendEntity, id: string): Promise<SpendSum>
  /**
   * Nano-USD that was spent since a moment, with everything that the ledger has accepted by now. Never less
   * than was spent; where details that old are gone, it may be more.
   */
  spent(query: SpentQuery): Promise<number>
}
