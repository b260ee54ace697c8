import * as v from 'valibot'
import { period } from './period.ts'

/** What `spend_archive` says whatever the cold store is. The other keys are the store's. */
export const spendArchive = v.looseObject({
  /** Which store: a plugin's name. */
  type: v.pipe(v.string(), v.nonEmpty()),
  /** Calls that are older are archived, whole weeks at a time. */
  after: v.optional(period),
  /** Failures in a row after which a week waits for a replay. */
  max_attempts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 5),
})

/** The keys that are not the store's. */
export const commonArchiveKeys: readonly string[] = Object.keys(spendArchive.entries)
