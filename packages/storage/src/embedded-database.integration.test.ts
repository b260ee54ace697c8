import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:net'
import { systemClock } from '@tianjillm/core'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { createEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.ts'
import { takeLock } from './folder-lock.ts'
import { testLog } from './test/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'embedded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (patienceMs = 10_000): EmbeddedDatabase => createEmbeddedDatabase({ dataDir: folder, clock: systemClock, log: testLog().log, patienceMs })
const client = (database: EmbeddedDatabase, max = 1): postgres.Sql => {
  const options: postgres.Options<Record<string, never>> & { socket: () => Promise<unknown> } = { socket: () => database.connect(), max, fetch_types: false, onnotice: () => {} }
  return postgres(options)
}

describe('embedded database', () => {
  it('transactions of several connections exclude each other, and statements do not mix', async () => {
    const database = open()
    const sql = client(database, 5)
    await sql`create table counter (n int)`
    await sql`insert into counter values (0)`
    await Promise.all(Array.from({ length: 40 }, (_, i) => sql.begin(async (tx) => {
      const [row] = await tx<{ n: number; i: number }[]>`select n, ${i}::int as i from counter`
      expect(row!.i).toBe(i)
      await tx`update counter set n = ${row!.n + 1}`
    })))
    expect(await sql`select n from counter`).toEqual([{ n: 40 }])
    await sql.end()
    await database.close()
  })

  it('an error leaves the connection usable, a lost client leaves no open transaction', async () => {
    const database = open()
    const sql = client(database, 2)
    await expect(sql`select nope`).rejects.toThrow('nope')
    await sql.begin((tx) => tx`delete from nowhere`).catch(() => {})
    expect(await sql`select n from counter`).toEqual([{ n: 40 }])
    const raw = connect(join(folder, 'database/socket'))
    raw.write(Buffer.from('\0\0\0\x08\0\x03\0\0', 'latin1'))
    raw.write(query('begin; delete from counter'))
    await new Promise<void>((resolve) => raw.on('data', (chunk: Buffer) => chunk.toString('latin1').endsWith('T') && resolve()))
    raw.destroy()
    expect(await sql`select n from counter`).toEqual([{ n: 40 }])
    await sql.end()
    await database.close()
  })

  it('a second holder of the folder shares the database of the first, and takes over when that ends', async () => {
    const [first, second] = [open(), open()]
    const [a, b] = [client(first), client(second)]
    await a`update counter set n = 1`
    expect(await b`select n from counter`).toEqual([{ n: 1 }])
    await b`update counter set n = 2`
    await a.end()
    await first.close()
    await expect.poll(() => b`select n from counter`.then(([row]) => row, () => undefined), { timeout: 10_000 }).toEqual({ n: 2 })
    await b.end()
    await second.close()
  })

  it('a folder that is held by a process without an answer is a clear error', async () => {
    const lock = takeLock(join(folder, 'database/lock'))
    const database = open(100)
    await expect(database.connect()).rejects.toThrow(/in use by another process.*--data-dir/)
    lock!.release()
  })
})

/** A simple query, as bytes of the protocol. */
function query(text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const head = Buffer.from('Q\0\0\0\0')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
