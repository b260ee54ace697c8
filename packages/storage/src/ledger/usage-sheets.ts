import type { UsageSheet, UsageSheetQuery } from '@tianjillm/spend'
import { fillPlaceholders, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { TransactionSql } from 'postgres'
import { spendUsage } from '../schema.ts'
import { DAY_MS, dayOf } from './days.ts'
import { nothingFits, usageConditions } from './usage-source.ts'

/** Statements that a question is asked in. */
const PARTS = 32

interface Part {
  readonly from: string
  readonly to: string
}

/**
 * Reads usage day by day. Each column of a day arrives as one JSON array: PostgreSQL makes it in less time than it hands
 * the rows over, and the runtime's parser reads it in a tenth of the time that rows take here. A question is asked in
 * parts, sent at once and answered in turn, so that one part is worked on while the next one is read, and other calls get
 * their turn between them.
 *
 * @param within runs work in one transaction. Who reads the answer does not keep it open: an embedded database has one session.
 */
export async function* readUsageSheets(within: (work: (tx: TransactionSql) => Promise<unknown>) => Promise<unknown>, query: UsageSheetQuery): AsyncGenerator<UsageSheet, void, undefined> {
  if (nothingFits(query)) return
  const parts = partsOf(query)
  const { sql: text, params } = statementOf(query, parts.every(({ from, to }) => from === to))
  const { promise: asked, resolve, reject } = Promise.withResolvers<readonly Promise<readonly UsageSheet[]>[]>()
  const finished = within(async (tx) => {
    const sheets = parts.map(async (part) => {
      const rows = await tx.unsafe<Row[]>(text, fillPlaceholders(params, { ...part }) as string[], { prepare: true })
      return rows.map((row) => sheetOf(row, part, query))
    })
    resolve(sheets)
    await Promise.all(sheets)
  })
  finished.catch(reject)
  for (const sheets of await asked) yield* await sheets
  await finished
}

const dialect = new PgDialect()

/**
 * The statement of one part, made once: its days are filled in. Numbers are put together as text, because `json_agg`
 * takes half as long again for them; single days are not grouped, which costs as much as a column.
 */
function statementOf({ dimensions, sums, newestFirst = false, ...query }: UsageSheetQuery, singleDays: boolean) {
  const texts = dimensions.map((name, i) => sql`json_agg(${spendUsage[name]}) as ${sql.identifier(`d${i}`)}`)
  const numbers = sums.map((names, i) => sql`'[' || string_agg((${sql.join(names.map((name) => sql`${spendUsage[name]}`), sql` + `)})::text, ',') || ']' as ${sql.identifier(`s${i}`)}`)
  const day = singleDays ? [] : [sql`${spendUsage.day}::text as day`]
  const columns = sql.join([...day, sql`count(*)::int as rows`, ...texts, ...numbers], sql`, `)
  const where = usageConditions({ ...query, from: sql.placeholder('from'), to: sql.placeholder('to') })
  const group = singleDays ? sql`having count(*) > 0` : sql`group by ${spendUsage.day} order by ${spendUsage.day}${newestFirst ? sql` desc` : sql``}`
  return dialect.sqlToQuery(sql`select ${columns} from ${spendUsage} where ${where} ${group}`)
}

type Row = Readonly<Record<string, unknown>> & { readonly day?: string; readonly rows: number }

function sheetOf(row: Row, part: Part, { dimensions, sums }: UsageSheetQuery): UsageSheet {
  return { day: row.day ?? part.from, rows: row.rows, dimensions: dimensions.map((_, i) => row[`d${i}`] as readonly string[]), sums: sums.map((_, i) => JSON.parse(row[`s${i}`] as string) as readonly number[]) }
}

/** Ranges of days that make up the question's, in its order. */
function partsOf({ from, to, newestFirst = false }: UsageSheetQuery): readonly Part[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const length = Math.ceil(((last - first) / DAY_MS + 1) / PARTS) * DAY_MS
  const parts: Part[] = []
  for (let at = first; at <= last; at += length) parts.push({ from: dayOf(at), to: dayOf(Math.min(last, at + length - DAY_MS)) })
  return newestFirst ? parts.reverse() : parts
}
