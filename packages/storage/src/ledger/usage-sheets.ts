import type { UsageSheet, UsageSheetQuery } from '@tianjillm/spend'
import { and, eq, fillPlaceholders, gte, lte, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { TransactionSql } from 'postgres'
import { spendUsage, spendUsageSheet } from '../schema.ts'
import { addNumbers, TextColumn } from './columns-read.ts'
import { DAY_MS, dayOf } from './days.ts'
import type { SheetOf } from './kept-sheets.ts'
import { nothingFits, usageConditions } from './usage-source.ts'

/** Statements that a question is asked in. */
const PARTS = 32

interface Part {
  readonly from: string
  readonly to: string
  /** Whether all its days have a sheet that is kept. */
  readonly kept: boolean
}

/**
 * Reads usage day by day. Each column of a day arrives as one text, which is read without a string or an object for each row.
 * Days that are over may be kept like that (`spend_usage_sheet`); of others PostgreSQL makes the texts, in less time than it
 * hands the rows over. A question is asked in parts, sent at once and answered in turn, so that one part is worked on while
 * the next one is read, and other calls get their turn between them.
 *
 * @param within runs work in one transaction, which sees one moment of the tables. Who reads the answer does not keep it open: an embedded database has one session.
 * @param wanted told, at the end, of days that could have been kept
 */
export async function* readUsageSheets(within: (work: (tx: TransactionSql) => Promise<unknown>) => Promise<unknown>, query: UsageSheetQuery, wanted: (days: readonly SheetOf[]) => void): AsyncGenerator<UsageSheet, void, undefined> {
  if (nothingFits(query)) return
  // Sheets are everybody's.
  const everybody = Object.keys(query.only ?? {}).length === 0
  // Prepared, the parts are sent at once; but lists of any length are statements without end, which connections would keep.
  const prepare = Object.values(query.only ?? {}).every(({ length }) => length === 1)
  const { promise: asked, resolve, reject } = Promise.withResolvers<readonly { readonly kept: boolean; readonly rows: Promise<readonly Row[]> }[]>()
  const finished = within(async (tx) => {
    const parts = partsOf(query, everybody ? await keptDays(tx, query) : new Set())
    const keptStatement = statementOfKept(query)
    const statement = statementOf(query, parts.every(({ from, to, kept }) => kept || from === to))
    const sheets = parts.map(({ kept, ...part }) => {
      const { sql: text, params } = kept ? keptStatement : statement
      const rows = async (): Promise<readonly Row[]> => (await tx.unsafe(text, fillPlaceholders(params, part) as string[], { prepare }).raw()) as unknown as readonly Row[]
      return { kept, rows: rows() }
    })
    resolve(sheets)
    await Promise.all(sheets.map(({ rows }) => rows))
  })
  finished.catch(reject)
  const texts = query.dimensions.map(() => new TextColumn())
  const unkept: SheetOf[] = []
  for (const { kept, rows } of await asked) {
    for (const row of await rows) {
      const sheet = sheetOf(row, texts, kept ? query.sums : query.sums.map(() => [0]))
      if (everybody && !kept) unkept.push({ counted: query.counted, day: sheet.day, rows: sheet.rows })
      yield sheet
    }
  }
  await finished
  if (unkept.length > 0) wanted(unkept)
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

/** The same of days that are kept; sums are added up here. */
function statementOfKept({ dimensions, sums, counted, newestFirst = false }: UsageSheetQuery) {
  const { day, rows } = spendUsageSheet
  const columns = sql.join([sql`${day}::text`, sql`${rows}`, ...[...dimensions, ...sums.flat()].map((name) => sql`${spendUsageSheet[name]}`)], sql`, `)
  const where = and(eq(spendUsageSheet.counted, counted), gte(day, sql.placeholder('from')), lte(day, sql.placeholder('to')))
  return dialect.sqlToQuery(sql`select ${columns} from ${spendUsageSheet} where ${where} order by ${day}${newestFirst ? sql` desc` : sql``}`)
}

/** Which of the days have a sheet. */
async function keptDays(tx: TransactionSql, { counted, from, to }: UsageSheetQuery): Promise<ReadonlySet<string>> {
  const found = await tx.unsafe<{ day: string }[]>('select day::text from spend_usage_sheet where counted = $1 and day between $2::text::date and $3::text::date', [counted, from, to], { prepare: true })
  return new Set(found.map(({ day }) => day))
}

/** @param sums of which columns each sum is made */
function sheetOf([day, count, ...columns]: Row, texts: readonly TextColumn[], sums: readonly (readonly unknown[])[]): UsageSheet {
  const rows = Number(count)
  let next = texts.length
  return {
    day: String(day), rows,
    dimensions: texts.map((column, i) => ({ rows: column.read(columns[i]!, rows), texts: column.texts })),
    sums: sums.map((names) => names.reduce((sum: Float64Array) => addNumbers(sum, columns[next++]!), new Float64Array(rows))),
  }
}

/** Ranges of days that make up the question's, in its order. */
function partsOf({ from, to, newestFirst = false }: UsageSheetQuery, keptDays: ReadonlySet<string>): readonly Part[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const length = Math.ceil(((last - first) / DAY_MS + 1) / PARTS) * DAY_MS
  const parts: Part[] = []
  for (let at = first; at <= last; ) {
    const kept = keptDays.has(dayOf(at))
    let end = at + DAY_MS
    while (end <= last && end < at + length && keptDays.has(dayOf(end)) === kept) end += DAY_MS
    parts.push({ from: dayOf(at), to: dayOf(end - DAY_MS), kept })
    at = end
  }
  return newestFirst ? parts.toReversed() : parts
}
