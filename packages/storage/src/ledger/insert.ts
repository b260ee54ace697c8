import type { Sql } from 'postgres'
import { sharedColumns, spendLogColumns, usualValues } from './columns.ts'
import { createPartitions, type Week, weekOf } from './partitions.ts'
import { addSums, summedFrom } from './sums.ts'
import { arrayOf, type WrittenRows } from './written-rows.ts'

const isMoment = (type: string): boolean => type.startsWith('timestamp')
/** Columns as written rows have them: moments are milliseconds there. */
const declared = (columns: typeof spendLogColumns): string => columns.map(([name, type]) => `${name} ${isMoment(type) ? 'bigint' : type}`).join(', ')
const names = spendLogColumns.map(([name]) => name).join(', ')
const values = spendLogColumns.map(([name, type]) => (isMoment(type) ? `to_timestamp(${name} / 1000.0)` : usualValues.has(name) ? `coalesce(${name}, ${usualValues.get(name)})` : name)).join(', ')

/**
 * Rows and the aggregates that they belong to, in one statement: both or neither. As `json`, which is read where it
 * stands: `jsonb` would be built first, and takes twice as long.
 *
 * @param conflict what is done with rows that are there already
 */
const statement = (conflict: string): string => `
with input as (
  select ${names} from json_to_recordset($1::text::json) as shared(${declared(spendLogColumns.filter(([name]) => sharedColumns.has(name)))}, calls json)
    cross join lateral json_to_recordset(shared.calls) as call(${declared(spendLogColumns.filter(([name]) => !sharedColumns.has(name)))})
), inserted as (
  insert into spend_log (${names}) select ${values} from input order by started_at, request_id
  ${conflict} returning ${summedFrom.join(', ')}
), ${addSums('inserted')}
select count(*)::int as added from inserted`

/** Nearly always all rows are new: a sixth of the work less than looking at each first. */
const insertNew = statement('')
/** Only rows that were not there yet are inserted and counted. */
const insertMissing = statement('on conflict (request_id, started_at) do nothing')

/** Makes the function that inserts a batch, all or nothing, and answers how many rows were new. */
export function createInsert(sql: Sql): (rows: readonly WrittenRows[]) => Promise<number> {
  const known = new Set<number>()
  const provide = async (rows: readonly WrittenRows[]): Promise<void> => {
    const missing = new Map<number, Week>()
    for (const { moments } of rows) {
      for (const moment of moments) {
        const week = weekOf(moment)
        if (!known.has(week.from)) missing.set(week.from, week)
      }
    }
    if (missing.size === 0) return
    await createPartitions(sql, [...missing.values()])
    for (const from of missing.keys()) known.add(from)
  }
  // Prepared: planning it takes longer than a small batch, and reads the rows, too.
  const run = async (text: string, batch: string): Promise<number> => (await sql.unsafe<{ added: number }[]>(text, [batch], { prepare: true }))[0]!.added
  return async (rows) => {
    await provide(rows)
    const batch = arrayOf(rows)
    try {
      // The answer to a batch was lost, or its process was killed before it cut off the journal: some are there.
      return await run(insertNew, batch).catch((error: unknown) => (codeOf(error) === UNIQUE_VIOLATION ? run(insertMissing, batch) : Promise.reject(error)))
    } catch (error) {
      // Retention, here or elsewhere, may have dropped a partition that was known.
      if (codeOf(error) === CHECK_VIOLATION) known.clear()
      throw error
    }
  }
}

const UNIQUE_VIOLATION = '23505'
/** What PostgreSQL says when there is no partition for a row. */
const CHECK_VIOLATION = '23514'

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code

/** Whether an error is about the data itself: class 22 (data exception), 23 (integrity), without a missing partition. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error)
  return typeof code === 'string' && /^2[23]...$/.test(code) && code !== CHECK_VIOLATION
}
