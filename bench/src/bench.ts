import { join } from 'node:path'
import { type Form, makeKey, oursArguments } from './processes/ours.ts'
import { freePort } from './processes/port.ts'
import { type Running, start } from './processes/spawn.ts'
import type { TargetName } from './report.ts'

/** What every scenario has at hand. */
export interface Bench {
  readonly quick: boolean
  /** Our proxy's `--database`. */
  readonly database: string
  readonly mock: Running
  /** The targets to compare, in order; without `ours` while there is none. */
  readonly targets: readonly ProxyName[]
  /** Starts a fresh process; the caller stops it. */
  start(name: ProxyName): Promise<Running>
}

export type ProxyName = Exclude<TargetName, 'direct'>

const readyPath = '/health/liveliness'

export const startMock = async (): Promise<Running> => {
  const port = await freePort()
  return start(1, [join(import.meta.dirname, 'processes/mock.ts'), String(port)], port, readyPath)
}

/** @param ours which form of our proxy to measure, its configuration file and its database, and whether the load has a key of its own */
export function createBench(mock: Running, ours: { readonly form: Form; readonly config: string; readonly database: string; readonly keys: boolean }, quick: boolean): Bench {
  return {
    quick,
    database: ours.database,
    mock,
    targets: ours.form === 'none' ? ['bare'] : ['bare', 'ours'],
    async start(name) {
      const port = await freePort()
      const args = name === 'bare'
        ? [join(import.meta.dirname, 'processes/bare.ts'), String(port), `http://127.0.0.1:${mock.port}`]
        : oursArguments(ours.form, port, ours.config, ours.database)
      const running = await start(0, args, port, readyPath)
      return name === 'ours' && ours.keys ? { ...running, key: await makeKey(port).catch((error: unknown) => running.stop().then(() => { throw error })) } : running
    },
  }
}

/** Runs `work` with a fresh process of each target, and stops them whatever happens. */
export async function withTargets<Result>(bench: Bench, work: (running: ReadonlyMap<ProxyName, Running>) => Promise<Result>): Promise<Result> {
  const running = new Map<ProxyName, Running>()
  try {
    for (const name of bench.targets) running.set(name, await bench.start(name))
    return await work(running)
  } finally {
    await Promise.all([...running.values()].map((process) => process.stop()))
  }
}

/**
 * Measures in turns: in each round every target once, forwards and backwards by turns, so that
 * none always comes after the same neighbour. Answers a series of rounds for each target.
 */
export async function inTurns<Name extends string, Figure>(names: readonly Name[], rounds: number, measure: (name: Name) => Promise<Figure>): Promise<Record<Name, Figure[]>> {
  const series = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Figure[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) series[name].push(await measure(name))
  }
  return series
}
