import type { ArchivePart, ArchiveRecord, RowPlace } from './record.ts'

/** The manifest of an archive, which is written when all parts are: what they hold, for those who check them. */
export function manifestOf(record: ArchiveRecord, parts: readonly ArchivePart[]): string {
  const sum = (of: (part: ArchivePart) => number): number => parts.reduce((total, part) => total + of(part), 0)
  const manifest = {
    version: 1,
    table: 'spend_log',
    archive_id: record.id,
    generation: record.generation,
    from: iso(record.from),
    to: iso(record.to),
    format: 'ndjson',
    compression: 'gzip',
    rows: sum(({ rows }) => rows),
    cost_nano_usd: sum(({ costNanoUsd }) => costNanoUsd),
    parts: parts.map(({ name, rows, costNanoUsd, bytes, rawBytes, sha256, first, last }) => ({
      name, rows, cost_nano_usd: costNanoUsd, bytes, uncompressed_bytes: rawBytes, sha256, first: placeOf(first), last: placeOf(last),
    })),
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

const iso = (moment: number): string => new Date(moment).toISOString()
const placeOf = ({ startedAt, id }: RowPlace) => ({ started_at: iso(startedAt), request_id: id })
