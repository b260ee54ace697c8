import type { Sql } from 'postgres'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2024, 0, 1)
/** Key of the advisory lock under which partitions come and go. */
const PARTITION_LOCK = 7_184_202

/** The week (Monday to Monday, UTC) of a moment, as a partition. */
export interface Week {
  readonly table: string
  /** Milliseconds since the epoch, inclusive and exclusive. */
  readonly from: number
  readonly to: number
}

let last: Week | undefined

export function weekOf(moment: number): Week {
  // Nearly every moment lies in the week of the one before.
  if (last && moment >= last.from && moment < last.to) return last
  const from = MONDAY + Math.floor((moment - MONDAY) / WEEK) * WEEK
  return last = { table: `spend_log_w${new Date(from).toISOString().slice(0, 10).replaceAll('-', '')}`, from, to: from + WEEK }
}

/** Makes the partitions of these weeks, where they are missing. Safe against others that do the same. */
export async function createPartitions(sql: Sql, weeks: readonly Week[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`
    for (const { table, from, to } of weeks) {
      await tx.unsafe(`create table if not exists ${table} partition of spend_log for values from ('${new Date(from).toISOString()}') to ('${new Date(to).toISOString()}')`)
    }
  })
}

/**
 * Drops the partitions that end before a moment: whole tables, no rows one by one. Gives up, for a later
 * run to try, when a reader holds one for longer than two seconds.
 *
 * @returns the tables that were dropped
 */
export async function dropPartitions(sql: Sql, before: number): Promise<readonly string[]> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`
    await tx`set local lock_timeout = '2s'`
    const tables = await tx<{ name: string }[]>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'spend_log'::regclass and c.relname ~ '^spend_log_w[0-9]{8}$' order by 1`
    const over = tables.map(({ name }) => name).filter((name) => weekEnd(name) <= before)
    for (const name of over) await tx.unsafe(`drop table ${name}`)
    return over
  })
}

function weekEnd(table: string): number {
  const digits = table.slice(-8)
  return Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6))) + WEEK
}
