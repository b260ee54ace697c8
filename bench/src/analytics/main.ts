import { createMemoryDirectory } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { systemClock } from '@tianjillm/core'
import type { Gateway } from '@tianjillm/gateway'
import { spendRoutes } from '@tianjillm/management'
import { openStorage } from '@tianjillm/storage'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { fill } from './fill.ts'
import { measure } from './measure.ts'
import { questions } from './questions.ts'

const DAY = 86_400_000
/** What answers may take, at most. */
const LIMITS = { calls: 500, sums: 50 }

/**
 * `node --conditions=@tianjillm/source bench/src/analytics/main.ts --url postgres://.../empty --rows 100000`: fills an
 * empty database, asks the spend routes of it, and prints what they took. `--filled` asks a database that an
 * earlier run has filled.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, rows: { type: 'string', default: '100000' }, days: { type: 'string', default: '731' }, times: { type: 'string', default: '100' }, only: { type: 'string', default: '' }, filled: { type: 'boolean', default: false } } })
  if (values.url === undefined) throw new Error('Name an empty database of your own: --url postgres://...')
  const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-analytics-'))
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
  const storage = openStorage({ url: values.url, dataDir, clock: systemClock, log })
  const last = systemClock.now() - (systemClock.now() % DAY)
  const days = Number(values.days)
  try {
    await storage.ready
    if (!values.filled) await fillDatabase(values.url, { rows: Number(values.rows), days, until: last + DAY })
    const directory = createMemoryDirectory()
    for (let i = 0; i < 200; i += 1) await directory.keys.insert(keyRecord({ id: `key-${i}`, hash: `key-${i}`, alias: `alias of ${i}` }))
    const routes = spendRoutes({ spend: storage.spend, directory, clock: systemClock, gateway: { settings: {} } as Gateway })
    console.log('| question | p50 ms | p99 ms | limit | answer, kB |\n|---|---|---|---|---|')
    for (const question of questions.filter(({ name }) => name.includes(values.only))) {
      const { name, kind, p50, p99, size } = await measure(routes, question, { times: Number(values.times), last, days })
      console.log(`| \`${name}\` | ${p50.toFixed(1)} | ${p99.toFixed(1)}${p99 > LIMITS[kind] ? ' !' : ''} | ${LIMITS[kind]} | ${(size / 1000).toFixed(0)} |`)
    }
  } finally {
    await storage.close(AbortSignal.timeout(5000))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fillDatabase(url: string, filling: { rows: number; days: number; until: number }): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await fill(sql, { ...filling, log: (line) => console.error(line) })
  } finally {
    await sql.end()
  }
}

await main()
