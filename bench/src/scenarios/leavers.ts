import { type Bench, inTurns, type ProxyName, withTargets } from '../bench.ts'
import { leaveMidStream } from '../load/leavers.ts'
import type { Running } from '../processes/spawn.ts'
import { exactly, type Row } from '../report.ts'
import { compare, field } from './compare.ts'

const width = 50
const patienceMs = 3_000

interface Stats {
  readonly open: number
  readonly aborted: number
  readonly lastAbortAt: number
}

/** 50 clients leave in the middle of a stream: what becomes of the upstream requests. */
export function leavers(bench: Bench): Promise<Row[]> {
  return withTargets(bench, async (running) => {
    const series = await inTurns<ProxyName, { aborted: number; ms: number }>(bench.targets, bench.quick ? 1 : 3, async (name) => {
      const before = await stats(bench.mock)
      const leftAt = await leaveMidStream(running.get(name) as Running, width)
      const after = await untilAborted(bench.mock, before.aborted + width)
      return { aborted: after.aborted - before.aborted, ms: after.lastAbortAt - leftAt }
    })
    return [
      compare('leavers', 'upstreams aborted of 50', field(series, 'aborted'), { base: 'ours', combine: (value) => value, limit: exactly(width) }),
      compare('leavers', 'all aborted after, ms', field(series, 'ms')),
    ]
  })
}

async function stats(mock: Running): Promise<Stats> {
  const answer = await fetch(`http://127.0.0.1:${mock.port}/_stats`)
  return (await answer.json()) as Stats
}

/** Waits for the aborts, and at most until the abandoned streams would have ended by themselves. */
async function untilAborted(mock: Running, wanted: number): Promise<Stats> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const now = await stats(mock)
    if (now.aborted >= wanted || performance.now() > deadline) return now
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
