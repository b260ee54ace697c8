import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll } from 'vitest'
import { createDatabase } from '../testing.ts'

/** Each kind of database that the tests of a file run on, empty, for as long as these run; `raw` connects beside the storage. */
export async function testDatabases() {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'))
  const server = await createDatabase()
  afterAll(async () => {
    await server?.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  const kinds = [
    { kind: 'embedded', url: undefined, raw: (): postgres.Sql => postgres({ path: join(folder, 'database/socket'), fetch_types: false, max: 1 }) },
    ...(server ? [{ kind: 'PostgreSQL', url: server.url, raw: (): postgres.Sql => postgres(server.url, { max: 1, onnotice: () => {} }) }] : []),
  ]
  return { folder, kinds }
}
