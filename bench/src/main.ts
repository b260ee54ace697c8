import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Bench, createBench, startMock } from './bench.ts'
import { parseOptions } from './options.ts'
import { chooseForm, writeConfig } from './processes/ours.ts'
import { pinSelf, placement } from './processes/spawn.ts'
import { allHold, renderTable, type Row, verdict } from './report.ts'
import { latency } from './scenarios/latency.ts'
import { leavers } from './scenarios/leavers.ts'
import { memory } from './scenarios/memory.ts'
import { ready } from './scenarios/ready.ts'
import { requests } from './scenarios/requests.ts'
import { paced, streams } from './scenarios/streams.ts'

const scenarios: Readonly<Record<string, (bench: Bench) => Promise<Row[]>>> = { requests, streams, paced, latency, memory, ready, leavers }

async function main(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('The benchmark reads CPU time and memory from /proc: it runs on Linux only.')
  const options = parseOptions(process.argv.slice(2), Object.keys(scenarios))
  const form = chooseForm(options.source)
  pinSelf(1)
  const mock = await startMock()
  const config = writeConfig(mock.port)
  const rows: Row[] = []
  const broken: string[] = []
  try {
    console.log(`node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${placement}; ours: ${form}${options.quick ? '; quick: noisy' : ''}`)
    for (const [name, run] of Object.entries(scenarios)) {
      if (options.only.length > 0 && !options.only.includes(name)) continue
      process.stderr.write(`${name} ...\n`)
      await run(createBench(mock, { form, config: config.file, database: options.database, keys: options.keys }, options.quick)).then((more) => void rows.push(...more), (error: Error) => {
        broken.push(name)
        console.error(`${name} broke off: ${error.message}`)
      })
    }
  } finally {
    config.remove()
    await mock.stop()
  }
  console.log(renderTable(rows))
  console.log(`figures: ${writeResults(rows, { form, database: options.database.includes('://') ? 'server' : options.database, keys: options.keys, quick: options.quick, placement })}`)
  if (form === 'none') console.log('ours was not measured: apps/proxy is not there.')
  if (broken.length > 0) console.log(`broke off: ${broken.join(', ')}`)
  if (options.strict && (broken.length > 0 || !allHold(rows))) process.exitCode = 1
}

function writeResults(rows: readonly Row[], setting: object): string {
  const folder = join(import.meta.dirname, '../results')
  const date = new Date().toISOString()
  const file = join(folder, `${date.slice(0, 19).replaceAll(':', '-')}.json`)
  mkdirSync(folder, { recursive: true })
  const figures = rows.map((row) => ({ ...row, limit: row.limit?.text, verdict: verdict(row) }))
  writeFileSync(file, `${JSON.stringify({ date, node: process.version, cpu: cpus()[0]?.model, ...setting, figures }, null, 2)}\n`)
  return file
}

await main()
