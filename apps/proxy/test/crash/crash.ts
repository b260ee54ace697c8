import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { CHAT, completion, oneModel, streamed } from '../chat-answers.ts'
import { createPostgresServer, createRedisServer } from '../own-servers.ts'
import { type RunningProxy, startProxy } from '../start-proxy.ts'
import { type Books, readBooks } from './books.ts'
import { type Outcome, runLoad } from './load.ts'

export interface CrashOptions {
  /** Answered calls to come to, at least. */
  readonly answers: number
  /** Told what happens. */
  readonly say: (line: string) => void
}

/** What callers saw, and what the database says. */
export interface CrashReport {
  readonly outcome: Outcome
  readonly books: Books
  /** USD that the key has spent, as `/key/info` tells it after everything was settled. */
  readonly keySpend: number
}

const COST = { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }
const WIDTH = 32

/**
 * Calls two replicas that share PostgreSQL and Redis, while replicas are killed and told to end, and both
 * servers are restarted.
 */
export async function crashTest({ answers, say }: CrashOptions): Promise<CrashReport> {
  await using postgres = await createPostgresServer()
  await using redis = await createRedisServer()
  await using upstream = await createFakeUpstream()
  upstream.on(CHAT, (response, call) => ((call.json as { stream?: boolean }).stream ? streamed('a', 'b') : answer.json(completion('hi')))(response, call))
  const folders = ['a', 'b'].map((name) => mkdtempSync(join(tmpdir(), `tianjillm-crash-${name}-`)))
  const start = async (index: number): Promise<RunningProxy> => {
    const proxy = await startProxy({ database: postgres.url, dataDir: folders[index]!, env: { REDIS_URL: redis.url }, config: oneModel(upstream.url, { params: COST }) })
    await proxy.logged(({ msg }) => msg === 'database connected')
    return proxy
  }
  const replicas = [await start(0), await start(1)]
  const end = async (index: number, signal: NodeJS.Signals): Promise<void> => {
    replicas[index]!.process.kill(signal)
    await replicas[index]!.exited
  }
  const restart = async (index: number, signal: NodeJS.Signals): Promise<void> => {
    await end(index, signal)
    replicas[index] = await start(index)
  }
  try {
    const made = await replicas[0]!.fetch('/key/generate', { method: 'POST', body: JSON.stringify({ max_budget: 1_000_000, rpm_limit: 10_000_000 }) })
    const { key } = await made.json() as { key: string }
    const outcome: Outcome = { answered: new Set(), cut: 0, refused: 0 }
    const steps: readonly (readonly [share: number, what: string, run: () => Promise<void>])[] = [
      [0.1, 'kill -9 of one replica', () => restart(0, 'SIGKILL')],
      [0.25, 'SIGTERM to the other', () => restart(1, 'SIGTERM')],
      [0.4, 'PostgreSQL stops at once, and starts again', async () => {
        await postgres.stop()
        await pause(500)
        await postgres.start()
      }],
      [0.55, 'Redis is killed, and starts again empty', async () => {
        await redis.stop()
        await pause(500)
        await redis.start()
      }],
      [0.7, 'kill -9 of one replica while PostgreSQL is away', async () => {
        await postgres.stop()
        await pause(200)
        await end(0, 'SIGKILL')
        await postgres.start()
        replicas[0] = await start(0)
      }],
      [0.85, 'kill -9 of both replicas', async () => {
        await Promise.all([restart(0, 'SIGKILL'), restart(1, 'SIGKILL')])
      }],
    ]
    let turn = 0
    let done = false
    const load = runLoad({ more: () => !done || outcome.answered.size < answers, width: WIDTH, key, outcome, pick: () => replicas[(turn += 1) % replicas.length]! })
    for (const [share, what, run] of steps) {
      while (outcome.answered.size < answers * share) await pause(5)
      say(`${outcome.answered.size} answered: ${what}`)
      await run()
    }
    done = true
    await load
    say(`${outcome.answered.size} answered, ${outcome.cut} cut off, ${outcome.refused} refused; ending both replicas`)
    await Promise.all([end(0, 'SIGTERM'), end(1, 'SIGTERM')])
    const books = await readBooks(postgres.url)
    replicas[0] = await start(0)
    const { info } = await (await replicas[0].fetch(`/key/info?key=${key}`)).json() as { info: { spend: number } }
    return { outcome, books, keySpend: info.spend }
  } finally {
    for (const replica of replicas) await replica[Symbol.asyncDispose]()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** What is wrong in a report; empty when everything adds up. */
export function findFaults({ outcome, books, keySpend }: CrashReport): string[] {
  const lost = [...outcome.answered].filter((id) => !books.ids.has(id))
  const unanswered = [...books.ids].filter((id) => !outcome.answered.has(id)).length
  const faults: string[] = []
  if (lost.length > 0) faults.push(`${lost.length} answered calls have no row, ${lost[0]} for one`)
  if (books.rows !== books.ids.size) faults.push(`${books.rows - books.ids.size} rows are doubled`)
  // An answer that was paid for and lost with the connection is in the books, and must be.
  if (unanswered > outcome.cut) faults.push(`${unanswered} rows belong to no answered call, but only ${outcome.cut} calls were cut off`)
  for (const { entity, requests, cost } of books.aggregates) {
    if (requests !== books.allRows) faults.push(`the aggregates by ${entity} count ${requests} calls, the rows ${books.allRows}`)
    if (cost !== books.cost) faults.push(`the aggregates by ${entity} sum up to ${cost} nano-USD, the rows to ${books.cost}`)
  }
  if (Math.abs(keySpend - books.cost / 1e9) > 1e-9) faults.push(`the key's spend is ${keySpend} USD, the rows sum up to ${books.cost / 1e9}`)
  return faults
}
