import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ArchiveRow } from './book.ts'
import { sha256, writePart } from './part.ts'
import { linesOf, readPart } from './read-part.ts'
import type { RowPlace } from './record.ts'

const row = (i: number, line = JSON.stringify({ i })): ArchiveRow => ({ startedAt: i, id: `r${i}`, costNanoUsd: 2, line })
/** Reads as a database does. */
const reader = (rows: readonly ArchiveRow[]) => async (after: RowPlace | undefined, limit: number): Promise<readonly ArchiveRow[]> => rows.filter(({ startedAt }) => after === undefined || startedAt > after.startedAt).slice(0, limit)
const rows = Array.from({ length: 5000 }, (_, i) => row(i))

describe('writePart', () => {
  it('cuts by rows, and goes on behind the last one', async () => {
    const first = (await writePart('a', undefined, { rows: 3000, bytes: 1e9 }, reader(rows)))!
    expect(first.part).toMatchObject({ name: 'a', rows: 3000, costNanoUsd: 6000, first: { startedAt: 0, id: 'r0' }, last: { startedAt: 2999, id: 'r2999' }, bytes: first.body.length, sha256: sha256(first.body) })
    const second = (await writePart('b', first.part.last, { rows: 3000, bytes: 1e9 }, reader(rows)))!
    expect([second.part.rows, gunzipSync(second.body).toString()]).toEqual([2000, rows.slice(3000).map(({ line }) => `${line}\n`).join('')])
    expect(await writePart('c', second.part.last, { rows: 3000, bytes: 1e9 }, reader(rows))).toBeUndefined()
  })

  it('cuts by bytes, and a row that is longer than a part is a part', async () => {
    const long = [row(0, 'x'.repeat(10)), row(1, 'x'.repeat(10)), row(2, 'x'.repeat(1000)), row(3, 'é'.repeat(10))]
    const sizes: number[][] = []
    for (let last: RowPlace | undefined, written; (written = await writePart('a', last, { rows: 100, bytes: 22 }, reader(long)));) {
      last = written.part.last
      sizes.push([written.part.rows, written.part.rawBytes])
    }
    expect(sizes).toEqual([[2, 22], [1, 1001], [1, 21]])
  })

  it('makes the same bytes of the same rows', async () => {
    const [a, b] = await Promise.all([writePart('a', undefined, { rows: 4000, bytes: 1e9 }, reader(rows)), writePart('a', undefined, { rows: 4000, bytes: 1e9 }, reader(rows))])
    expect(a).toEqual(b)
  })
})

describe('reading a part', () => {
  const signal = new AbortController().signal
  const store = (body: Uint8Array | undefined) => ({ location: 'memory://', put: async () => {}, get: async () => body })

  it('gives its lines, whatever they hold', async () => {
    const odd = [row(0, '"ü字🦊"'), row(1, `"${'long'.repeat(100_000)}"`), row(2, '{}')]
    const { body, part } = (await writePart('a', undefined, { rows: 10, bytes: 1e9 }, reader(odd)))!
    const lines: string[] = []
    for await (const line of linesOf((await readPart(part, store(body), signal))!)) lines.push(line)
    expect(lines).toEqual(odd.map(({ line }) => line))
  })

  it('other bytes than were written are an error, and so are bytes that are no gzip', async () => {
    const { part } = (await writePart('a', undefined, { rows: 10, bytes: 1e9 }, reader(rows)))!
    expect(await readPart(part, store(undefined), signal)).toBeUndefined()
    await expect(readPart(part, store(Buffer.from('other')), signal)).rejects.toMatchObject({ code: 'upstream_malformed' })
    await expect(linesOf(Buffer.from('no gzip')).next()).rejects.toThrow('incorrect header check')
  })
})
