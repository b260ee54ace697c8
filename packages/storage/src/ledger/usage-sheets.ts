import type { UsageSheet, UsageSheetQuery } from '@tianjillm/spend'
import { fillPlaceholders, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { TransactionSql } from 'postgres'
import { spendUsage } from '../schema.ts'
import { readNumbers, TextColumn } from './columns-read.ts'
import { DAY_MS, dayOf } from './days.ts'
import { nothingFits, usageConditions } from './usage-source.ts'

/** Statements that a question is asked in. */
const PARTS = 32

interface Part {
  readonly from: string
  readonly to: string
}

/**
 * Reads usage day by day. Each column of a day arrives as one text: PostgreSQL makes it in less time than it hands the rows
 * over, and its bytes are read without a string or an object for each row. A question is asked in parts, sent at once and
 * answered in turn, so that one part is worked on while the next one is read, and other calls get their turn between them.
 *
 * @param within runs work in one transaction. Who reads the answer does not keep it open: an embedded database has one session.
 */
export async function* readUsageSheets(within: (work: (tx: TransactionSql) => Promise<unknown>) => Promise<unknown>, query: UsageSheetQuery): AsyncGenerator<UsageSheet, void, undefined> {
  if (nothingFits(query)) return
  const parts = partsOf(query)
  // Prepared, the parts are sent at once; but lists of any length are statements without end, which connections would keep.
  const prepare = Object.values(query.only ?? {}).every(({ length }) => length === 1)
  const { sql: text, params } = statementOf(query, parts.every(({ from, to }) => from === to))
  const { promise: asked, resolve, reject } = Promise.withResolvers<readonly Promise<readonly Row[]>[]>()
  const finished = within(async (tx) => {
    const sheets = parts.map(async (part): Promise<readonly Row[]> => {
      const rows = await tx.unsafe(text, fillPlaceholders(params, { ...part }) as string[], { prepare }).raw()
      return rows as unknown as readonly Row[]
    })
    resolve(sheets)
    await Promise.all(sheets)
  })
  finished.catch(reject)
  const texts = query.dimensions.map(() => new TextColumn())
  for (const rows of await asked) {
    for (const row of await rows) yield sheetOf(row, texts)
  }
  await finished
}

const dialect = new PgDialect()

/** The day, how many rows it has, and its columns: those of texts as JSON, those of numbers between commas. */
type Row = readonly Buffer[]

/** The statement of one part, made once: its days are filled in. Single days are not grouped, which costs as much as a column. */
function statementOf({ dimensions, sums, newestFirst = false, ...query }: UsageSheetQuery, singleDays: boolean) {
  const texts = dimensions.map((name) => sql`json_agg(${spendUsage[name]})`)
  const numbers = sums.map((names) => sql`string_agg((${sql.join(names.map((name) => sql`${spendUsage[name]}`), sql` + `)})::text, ',')`)
  const columns = sql.join([singleDays ? sql`${sql.placeholder('from')}::text` : sql`${spendUsage.day}::text`, sql`count(*)`, ...texts, ...numbers], sql`, `)
  const where = usageConditions({ ...query, from: sql.placeholder('from'), to: sql.placeholder('to') })
  const group = singleDays ? sql`having count(*) > 0` : sql`group by ${spendUsage.day} order by ${spendUsage.day}${newestFirst ? sql` desc` : sql``}`
  return dialect.sqlToQuery(sql`select ${columns} from ${spendUsage} where ${where} ${group}`)
}

function sheetOf([day, count, ...columns]: Row, texts: readonly TextColumn[]): UsageSheet {
  const rows = Number(count)
  return { day: String(day), rows, dimensions: texts.map((column, i) => ({ rows: column.read(columns[i]!, rows), texts: column.texts })), sums: columns.slice(texts.length).map((column) => readNumbers(column, rows)) }
}

/** Ranges of days that make up the question's, in its order. */
function partsOf({ from, to, newestFirst = false }: UsageSheetQuery): readonly Part[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const length = Math.ceil(((last - first) / DAY_MS + 1) / PARTS) * DAY_MS
  const parts: Part[] = []
  for (let at = first; at <= last; at += length) parts.push({ from: dayOf(at), to: dayOf(Math.min(last, at + length - DAY_MS)) })
  return newestFirst ? parts.toReversed() : parts
}
