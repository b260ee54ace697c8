import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { createTestHost, describeCache } from '@tianjillm/test-kit'
import postgres from 'postgres'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { pgvectorConfig } from './config.ts'
import { pgvectorPlugin } from './plugin.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'pgvector-cache-'))
const create = (config: object) => pgvectorPlugin.create(v.parse(pgvectorConfig, config), createTestHost())
const text = (found: Uint8Array | undefined): string | undefined => found && Buffer.from(found).toString()

describe('embedded in a folder', () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  describeCache({ plugin: pgvectorPlugin, config: { data_dir: folder() }, similar: true, unreachable: { data_dir: join(file, 'x') } })

  it('outlives its process, and is one process\'s at a time', async () => {
    const data_dir = folder()
    const first = await create({ data_dir })
    await first.set('a', Buffer.from('1'), 3_600_000)
    const second = await create({ data_dir })
    await expect(Promise.resolve(second.get('a'))).rejects.toThrow('used by another process')
    await first.close!()
    expect(text(await second.get('a'))).toBe('1')
    await second.close!()
  })
})

// PostgreSQL 18 with pgvector behind PostgreSQL's protocol: what the plugin sends to a server is answered by the real thing, also where no server has the extension.
describe('over PostgreSQL\'s protocol', async () => {
  const database = await PGlite.create({ extensions: { vector } })
  const server = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1', maxConnections: 20 })
  await server.start()
  afterAll(async () => {
    await server.stop()
    await database.close()
  })
  const url = `postgres://postgres:sk-test-secret@127.0.0.1:${server.getServerConn().split(':').at(-1)}/postgres?sslmode=disable`
  describeCache({ plugin: pgvectorPlugin, config: { url, max_connections: 1 }, similar: true, unreachable: { url: 'postgres://u:sk-test-secret@127.0.0.1:1/x' } })
})

const SERVER = process.env['TEST_PGVECTOR_URL'] ?? 'postgres://127.0.0.1:5432/postgres'
const available = await hasVector(SERVER)
if (!available) console.warn(`${SERVER} has no pgvector: the cache in a PostgreSQL server is tested with the embedded one behind the same protocol only.`)

describe.skipIf(!available)('on a server', async () => {
  const name = `cache_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = postgres(SERVER, { onnotice: () => {} })
  if (available) await admin.unsafe(`create database ${name}`)
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  afterAll(async () => {
    await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
  })
  describeCache({ plugin: pgvectorPlugin, config: { url: url.href }, similar: true })

  it('is made once by replicas that start together, and namespaces are apart', async () => {
    const caches = await Promise.all(Array.from({ length: 5 }, () => create({ url: url.href, table: 'together' })))
    await Promise.all(caches.map(async (cache, i) => cache.set(`k${i}`, Buffer.from(String(i)), 60_000)))
    const other = await create({ url: url.href, table: 'together', namespace: 'other' })
    expect([text(await caches[0]!.get('k4')), await other.get('k4')]).toEqual(['4', undefined])
    await other.clear()
    expect(text(await caches[1]!.get('k4'))).toBe('4')
    for (const cache of [...caches, other]) await cache.close!()
  })
})

it.each([[{}, 'either url or data_dir'], [{ url: 'postgres://h/d', data_dir: 'x' }, 'either url or data_dir'], [{ url: 'mysql://h' }, 'must be a URL'], [{ data_dir: 'x', table: 'a; drop' }, 'lower-case letters']])('%j is refused: %s', (config, message) => {
  expect(v.safeParse(pgvectorConfig, config).issues?.map((issue) => issue.message).join()).toContain(message)
})

async function hasVector(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2 })
  try {
    return (await sql`select 1 from pg_available_extensions where name = 'vector'`).length > 0
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
