import { frameOf, textOf } from './frame.ts'
import { weekOf } from './partitions.ts'
import type { Row } from './row-text.ts'

/** Entries as they go into the journal and to the database: written out once, and kept as bytes, which no garbage collection copies. */
export interface WrittenRows {
  /** A frame of the journal; its text is groups (see {@link groupOf}) with commas between. */
  readonly frame: Buffer
  readonly count: number
  /** A moment in each week that the rows belong to, in epoch milliseconds: says which partitions they need. */
  readonly moments: readonly number[]
}

/**
 * Rows that share who called and what was called, as a JSON object: the shared columns, and in `calls` what each row has
 * of its own.
 *
 * @param shared members of the object
 * @param calls JSON objects with commas between
 */
export function groupOf(shared: string, calls: string): string {
  return `{${shared}${shared === '' ? '' : ','}"calls":[${calls}]}`
}

/** The rows of a frame of the journal. Versions before 0.2 wrote each row whole. */
export function readRows(frame: Buffer): WrittenRows {
  const groups = groupsIn(frame)
  if (!groups.every(({ calls }) => calls)) return readRows(frameOf(parse(frame).map(alone).join(',')))
  const rows = parse(frame)
  const moments = new Map((rows as readonly { readonly started_at: number }[]).map(({ started_at }) => [weekOf(started_at).from, started_at]))
  return { frame, count: rows.length, moments: [...moments.values()] }
}

/** All groups as one JSON array. */
export function arrayOf(rows: readonly WrittenRows[]): string {
  return `[${rows.map(({ frame }) => textOf(frame)).join(',')}]`
}

/** Each row for itself. */
export function apart({ frame }: WrittenRows): readonly WrittenRows[] {
  return parse(frame).map((row) => readRows(frameOf(alone(row))))
}

/** Column -> value of each row. */
export function parse(frame: Buffer): readonly Row[] {
  return groupsIn(frame).flatMap(({ calls, ...shared }) => calls?.map((call) => ({ ...shared, ...call })) ?? [shared])
}

type Group = Row & { readonly calls?: readonly Row[] }

function groupsIn(frame: Buffer): readonly Group[] {
  return JSON.parse(`[${textOf(frame)}]`) as Group[]
}

/** A whole row is a group of one: of each object only the columns that belong there are read. */
function alone(row: Row): string {
  const text = JSON.stringify(row)
  return groupOf(text.slice(1, -1), text)
}
