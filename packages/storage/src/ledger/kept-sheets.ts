import type { CountedUnder } from '@tianjillm/spend'
import { getTableColumns, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Sql } from 'postgres'
import { spendUsage, spendUsageSheet } from '../schema.ts'
import { isBusy } from './busy.ts'
import { dayOf } from './days.ts'

/** Rows of days that are worth a sheet: fewer are read as quickly; more would keep those who write waiting for longer than a fifth of a second. */
const ROWS = { least: 256, most: 10_000 }
/** A question makes no more sheets than this; the next one goes on. */
const SHEETS_AT_ONCE = 32

/** A day, and whose rows of it. */
export interface SheetOf {
  readonly counted: CountedUnder
  readonly day: string
  readonly rows: number
}

/**
 * Makes the sheets of all days that are over and have none, the latest first, so that nobody's question is the first one.
 * One that others keep it from is left to the next time, or to whoever asks.
 */
export async function keepDays(client: Sql, now: number): Promise<void> {
  const days = await client<{ counted: CountedUnder; day: string }[]>`
    select counted, day::text as day from spend_usage u
    where day < ${dayOf(now)}::text::date and not exists (select from spend_usage_sheet s where s.counted = u.counted and s.day = u.day)
    group by counted, u.day having count(*) between ${ROWS.least} and ${ROWS.most} order by u.day desc, counted`
  for (const day of days) {
    try {
      await makeSheet(client, day)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
}

/** Makes sheets of days that are over and were asked for, behind the scenes: one at a time. */
export class SheetMaker {
  readonly #client: Sql
  #work: Promise<void> | undefined

  constructor(client: Sql) {
    this.#client = client
  }

  /** Days that had to be read row by row. Returns at once. @param now epoch milliseconds; should the clock be wrong, days that are not over get a sheet, which the next call takes away */
  wanted(days: readonly SheetOf[], now: number): void {
    const today = dayOf(now)
    const worth = days.filter(({ day, rows }) => day < today && rows >= ROWS.least && rows <= ROWS.most).slice(0, SHEETS_AT_ONCE)
    if (worth.length === 0 || this.#work) return
    // A table that is locked, a database that went away: whoever asks next tries again.
    this.#work = this.#make(worth).catch(() => {}).finally(() => (this.#work = undefined))
  }

  async #make(days: readonly SheetOf[]): Promise<void> {
    for (const day of days) await makeSheet(this.#client, day)
  }
}

/** Less than PostgreSQL waits before it looks for two that wait for each other: those who write go first. */
const LOCK_WAIT = "'500ms'"

/** Makes the sheet of a day, unless it is there. Until that is done, no change of a day is committed: what is read is what the day holds. */
async function makeSheet(client: Sql, { counted, day }: Pick<SheetOf, 'counted' | 'day'>): Promise<void> {
  await client.begin('isolation level read committed', async (tx) => {
    await tx.unsafe(`set local lock_timeout = ${LOCK_WAIT}`)
    await tx`lock table spend_usage_sheet in share row exclusive mode`
    const made = await tx`select from spend_usage_sheet where counted = ${counted} and day = ${day}::text::date`
    if (made.count > 0) return
    await tx.unsafe(statement.sql, [counted, day])
  })
}

const { counted: _counted, day: _day, ...columns } = getTableColumns(spendUsage)
const all = Object.values(columns)
const texts = all.filter(({ dataType }) => dataType !== 'number')
const placeOf = (name: string) => sql.identifier(`place_of_${name}`)

/** A text that comes twice or more, on the average, is said once: see `TextColumn`. */
const textsOf = (name: string) => sql`case when count(distinct ${sql.identifier(name)}) * 2 <= count(*) then json_agg(distinct ${sql.identifier(name)})::text || string_agg(${placeOf(name)}::text, ',') else json_agg(${sql.identifier(name)})::text end`

const statement = new PgDialect().sqlToQuery(sql`
insert into ${spendUsageSheet} (counted, day, row_count, ${sql.join(all.map(({ name }) => sql.identifier(name)), sql`, `)})
select $1::text, $2::text::date, count(*), ${sql.join(all.map((column) => (texts.includes(column) ? textsOf(column.name) : sql`string_agg(${sql.identifier(column.name)}::text, ',')`)), sql`, `)}
from (
  select *, ${sql.join(texts.map((column) => sql`dense_rank() over (order by ${column}) - 1 as ${placeOf(column.name)}`), sql`, `)}
  from ${spendUsage} where ${spendUsage.counted} = $1::text and ${spendUsage.day} = $2::text::date
) as day having count(*) > 0
on conflict do nothing`)
