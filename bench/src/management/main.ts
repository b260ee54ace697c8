import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '../processes/port.ts'
import { chooseForm, oursArguments } from '../processes/ours.ts'
import { start } from '../processes/spawn.ts'
import { percentile } from '../statistics.ts'
import { masterKey } from '../wire.ts'
import { lives, type Operation } from './operations.ts'

/** Milliseconds that a call may take, in 99 of 100. */
const LIMIT = 20

/**
 * `node --conditions=@tianjillm/source bench/src/management/main.ts --url postgres://.../empty`: starts the proxy on a
 * database, makes `--keys` keys, and prints what each management route takes from request to answer, one call at a time.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, times: { type: 'string', default: '300' }, warm: { type: 'string', default: '50' }, keys: { type: 'string', default: '1000' }, source: { type: 'boolean', default: false } } })
  if (values.url === undefined) throw new Error('Name an empty database of your own: --url postgres://...')
  const folder = mkdtempSync(join(tmpdir(), 'bench-management-'))
  const file = join(folder, 'config.yaml')
  writeFileSync(file, `model_list: []\ngeneral_settings:\n  master_key: ${masterKey}\n  store_model_in_db: true\n`)
  const port = await freePort()
  const proxy = await start(0, oursArguments(chooseForm(values.source), port, file, values.url), port, '/health/readiness')
  try {
    const ask = (call: Operation, round: number): Promise<number> => asked(`http://127.0.0.1:${port}`, call, String(round))
    for (let i = 0; i < Number(values.keys); i += 1) await ask({ method: 'POST', path: '/key/generate', body: { key_alias: `there-${crypto.randomUUID()}` } }, 0)
    const [warm, times] = [Number(values.warm), Number(values.times)]
    console.log('| call | p50 ms | p99 ms |\n|---|---|---|')
    for (const { calls } of lives) {
      const took = calls.map((): number[] => [])
      for (let round = 1; round <= warm + times; round += 1) {
        for (const [i, call] of calls.entries()) {
          const ms = await ask(call, round)
          if (round > warm) took[i]!.push(ms)
        }
      }
      calls.forEach(({ method, path }, i) => {
        const p99 = percentile(took[i]!, 0.99)
        console.log(`| \`${method} ${path}\` | ${percentile(took[i]!, 0.5).toFixed(1)} | ${p99.toFixed(1)}${p99 > LIMIT ? ' !' : ''} |`)
      })
    }
  } finally {
    await proxy.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns milliseconds from the request to the whole answer */
async function asked(base: string, { method, path, body }: Operation, round: string): Promise<number> {
  const text = body === undefined ? undefined : JSON.stringify(body).replaceAll('{n}', round)
  const began = performance.now()
  const reply = await fetch(base + path.replaceAll('{n}', round), { method, headers: { authorization: `Bearer ${masterKey}`, 'content-type': 'application/json' }, ...(text !== undefined && { body: text }) })
  const answer = await reply.text()
  const ms = performance.now() - began
  if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${answer.slice(0, 300)}`)
  return ms
}

await main()
