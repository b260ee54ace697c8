import type { ArchiveRecord } from './record.ts'

type Range = Pick<ArchiveRecord, 'from' | 'generation'>

/** The folder of a range: Hive's form, so that engines such as DuckDB, Athena and Spark read the week off it. */
const folderOf = ({ from }: Range): string => `spend_log/week=${new Date(from).toISOString().slice(0, 10)}`
const generationOf = ({ generation }: Range): string => `g${String(generation).padStart(2, '0')}`

/** @param number from 1 on */
export function partName(range: Range, number: number): string {
  return `${folderOf(range)}/${generationOf(range)}-part-${String(number).padStart(5, '0')}.ndjson.gz`
}

/** These engines leave out what begins with `_`. */
export function manifestName(range: Range): string {
  return `${folderOf(range)}/_${generationOf(range)}-manifest.json`
}
