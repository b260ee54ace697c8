import type { Sql } from 'postgres'
import { spendLogColumns } from './columns.ts'
import { createPartitions, type Week, weekOf } from './partitions.ts'
import { addSums } from './sums.ts'
import { arrayOf, type WrittenRows } from './written-row.ts'

const names = spendLogColumns.map(([name]) => name).join(', ')
const isMoment = (type: string): boolean => type.startsWith('timestamp')
/** A written row's values as its columns take them: moments are milliseconds there, and tokens that are absent are 0. */
const values = spendLogColumns.map(([name, type]) => (isMoment(type) ? `to_timestamp(${name} / 1000.0)` : name.endsWith('_tokens') ? `coalesce(${name}, 0)` : name)).join(', ')
/**
 * Rows and the aggregates that they belong to, in one statement: both or neither. Only rows that were not there
 * yet are counted. As `json`, which is read once: `jsonb` would be built first, and takes twice as long.
 */
const statement = `
with input as (
  select * from json_to_recordset($1::text::json) as r(${spendLogColumns.map(([name, type]) => `${name} ${isMoment(type) ? 'bigint' : type}`).join(', ')})
), inserted as (
  insert into spend_log (${names}) select ${values} from input order by started_at, request_id
  on conflict (request_id, started_at) do nothing returning *
), ${addSums('inserted')}
select count(*)::int as added from inserted`

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
  return async (rows) => {
    await provide(rows)
    try {
      // Prepared: planning it takes longer than a small batch, and reads the rows, too.
      const [result] = await sql.unsafe<{ added: number }[]>(statement, [arrayOf(rows)], { prepare: true })
      return result!.added
    } catch (error) {
      // Retention, here or elsewhere, may have dropped a partition that was known.
      if ((error as { code?: string }).code === CHECK_VIOLATION) known.clear()
      throw error
    }
  }
}

/** What PostgreSQL says when there is no partition for a row. */
const CHECK_VIOLATION = '23514'

/** Whether an error is about the data itself: class 22 (data exception), 23 (integrity), without a missing partition. */
export function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^2[23]...$/.test(code) && code !== CHECK_VIOLATION
}
