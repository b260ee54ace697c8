import { type Bench, inTurns, withTargets } from '../bench.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { cpuSeconds } from '../processes/accounting.ts'
import type { Running } from '../processes/spawn.ts'
import { atMost, type Row } from '../report.ts'
import { ratio } from '../statistics.ts'
import { compare, field } from './compare.ts'

export const connections = 64

/** 64 connections in a closed loop, answers of 1 KB: what a request costs. */
export function requests(bench: Bench): Promise<Row[]> {
  const [rounds, ms] = bench.quick ? [3, 1_500] : [7, 3_000]
  return withTargets(bench, async (running) => {
    for (const address of running.values()) await closedLoop(address, connections, bench.quick ? 3_000 : 8_000)
    const series = await inTurns(bench.targets, rounds, async (name) => {
      const address = running.get(name) as Running
      const { pid } = address
      const before = cpuSeconds(pid)
      const done = await closedLoop(address, connections, ms)
      return { cpu: ((cpuSeconds(pid) - before) / done.requests) * 1e6, rate: done.requests / done.seconds }
    })
    return [
      compare('requests', 'CPU per request, µs', field(series, 'cpu'), { base: 'bare', combine: ratio, limit: atMost(1.3, ' x bare') }),
      compare('requests', 'requests/s', field(series, 'rate')),
    ]
  })
}
