import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createGzip } from 'node:zlib'
import type { ArchiveRow } from './book.ts'
import type { ArchivePart, RowPlace } from './record.ts'

/** How large a part becomes, at most. The same rows make the same parts. */
export interface PartLimits {
  readonly rows: number
  /** Bytes before they are compressed; a row that is longer is a part of its own. */
  readonly bytes: number
}

/** Rows after a place, in their order. */
type ReadRows = (after: RowPlace | undefined, limit: number) => Promise<readonly ArchiveRow[]>

/** Rows that are read at once. */
const PAGE = 2000

/** A part, and its bytes. */
export interface WrittenPart {
  readonly body: Buffer
  readonly part: ArchivePart
}

/** Makes the part that follows a place: gzip of one line for each row. Undefined when no row follows. */
export async function writePart(name: string, after: RowPlace | undefined, limits: PartLimits, read: ReadRows): Promise<WrittenPart | undefined> {
  const gzip = createGzip()
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(gzip, 'end')
  let [rows, costNanoUsd, rawBytes] = [0, 0, 0]
  let first: RowPlace | undefined
  let last = after
  for (let full = false; !full && rows < limits.rows;) {
    const limit = Math.min(PAGE, limits.rows - rows)
    const page = await read(last, limit)
    const lines: string[] = []
    for (const { startedAt, id, costNanoUsd: cost, line } of page) {
      const bytes = Buffer.byteLength(line) + 1
      full = rows > 0 && rawBytes + bytes > limits.bytes
      if (full) break
      lines.push(line, '\n')
      last = { startedAt, id }
      first ??= last
      rows += 1
      rawBytes += bytes
      costNanoUsd += cost
    }
    if (lines.length > 0 && !gzip.write(lines.join(''))) await once(gzip, 'drain')
    if (page.length < limit) break
  }
  gzip.end()
  await ended
  if (first === undefined || last === undefined) return undefined
  const body = Buffer.concat(chunks)
  return { body, part: { name, rows, costNanoUsd, bytes: body.length, rawBytes, sha256: sha256(body), first, last } }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
