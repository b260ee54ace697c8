import { type Bench, inTurns, withTargets } from '../bench.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { openLoop } from '../load/open-loop.ts'
import type { Running } from '../processes/spawn.ts'
import { atMost, type Row, type TargetName } from '../report.ts'
import { added, percentile } from '../statistics.ts'
import { compare, field } from './compare.ts'

const rate = 200

/** 200 requests a second, sent when they are due: what we add to the way. */
export function latency(bench: Bench): Promise<Row[]> {
  const [rounds, ms] = bench.quick ? [3, 2_000] : [7, 4_000]
  return withTargets(bench, async (running) => {
    const targets = new Map<TargetName, Running>([['direct', bench.mock], ...running])
    // At 200 requests a second it takes minutes until all code is compiled; a server that has run for a while is what is asked about.
    for (const address of targets.values()) await closedLoop(address, 16, bench.quick ? 3_000 : 6_000)
    const series = await inTurns([...targets.keys()], rounds, async (name) => {
      const latencies = await openLoop(targets.get(name) as Running, rate, ms)
      return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
    })
    return [
      compare('latency', 'p50, ms', field(series, 'p50'), { base: 'direct', combine: added, limit: atMost(0.4, ' ms over direct') }),
      compare('latency', 'p99, ms', field(series, 'p99'), { base: 'direct', combine: added, limit: atMost(2, ' ms over direct') }),
    ]
  })
}
