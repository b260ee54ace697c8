import type { Principal } from '@tianjillm/auth'
import type { ArchivedRange, ArchiveReader } from '@tianjillm/archive'
import * as v from 'valibot'
import { seesAll } from '../access.ts'
import { named } from '../answer-fields.ts'
import { dayOf } from './range.ts'

/** A range whose calls are not in the ledger any more, as answers tell it. */
export const archivedAnswer = named('ArchivedRange', v.object({
  from: v.pipe(v.string(), v.description('The first day (UTC).')),
  to: v.pipe(v.string(), v.description('The day before which it ends.')),
  status: v.pipe(v.picklist(['archived', 'dropped']), v.description('`archived`: the calls are in cold storage; `dropped`: a retention period took them away.')),
  id: v.pipe(v.optional(v.string()), v.description('The archive\'s id, for `/spend/archives/{id}`. To admins alone.')),
  location: v.pipe(v.optional(v.nullable(v.string())), v.description('Where the calls are; null where they were dropped. To admins alone.')),
  entries: v.pipe(v.optional(v.number()), v.description('How many calls, of everybody. To admins alone.')),
}))

type Told = v.InferOutput<typeof archivedAnswer>

/** What to tell beside an answer that misses calls, because they are not in the ledger any more. */
export interface Missing {
  readonly headers: Readonly<Record<string, string>>
  /** Absent where nothing is missing. */
  readonly field: { readonly archived?: readonly Told[] }
  readonly ranges: readonly { readonly from: string; readonly to: string }[]
}

/** Header names: the days, `2025-01-06/2025-02-03, ...`, each with its end exclusive; and for admins where their calls are. */
const DAYS = 'x-tianjillm-archived'
const PLACES = 'x-tianjillm-archive-location'
/** Ranges and places in a header, at most: the newest. The field has all of them. */
const MOST = 20

const nothing: Missing = { headers: {}, field: {}, ranges: [] }

/** Looks whether a question reaches into calls that are gone from the ledger. Where they are is told to those who see all. */
export async function missingFrom(archives: ArchiveReader | undefined, principal: Principal | undefined, range: { readonly from?: number | undefined; readonly to?: number | undefined }): Promise<Missing> {
  const found = (await archives?.within(range)) ?? []
  if (found.length === 0) return nothing
  const all = seesAll(principal)
  const ranges = joined(found)
  const places = [...new Set(found.flatMap(({ location }) => (location === '' ? [] : [location])))]
  return {
    ranges,
    headers: {
      [DAYS]: ranges.slice(-MOST).map(({ from, to }) => `${from}/${to}`).join(', '),
      ...(all && places.length > 0 && { [PLACES]: places.slice(-MOST).map(encodeURI).join(', ') }),
    },
    field: { archived: found.map(({ id, from, to, status, location, entries }) => ({ from: dayOf(from), to: dayOf(to), status, ...(all && { id, location: location === '' ? null : location, entries }) })) },
  }
}

/** In words, for an error about a call that may be among them. */
export function wordsOf({ ranges }: Missing): string {
  const [first, last] = [ranges[0], ranges.at(-1)]
  return first && last ? ` Calls of ${first.from} to ${last.to} (UTC)${ranges.length > 1 ? ', with gaps,' : ''} are not in the ledger any more: it may be among those.` : ''
}

/** Ranges that follow on each other as one. */
function joined(found: readonly ArchivedRange[]): { from: string; to: string }[] {
  const ranges: { from: number; to: number }[] = []
  for (const { from, to } of found) {
    const last = ranges.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else ranges.push({ from, to })
  }
  return ranges.map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) }))
}
