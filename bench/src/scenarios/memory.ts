import { type Bench, inTurns } from '../bench.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { peakMemory } from '../processes/accounting.ts'
import { atMost, type Row } from '../report.ts'
import { ratio } from '../statistics.ts'
import { compare } from './compare.ts'
import { connections } from './requests.ts'

/** Peak resident set of a fresh process under the load of `requests`. */
export async function memory(bench: Bench): Promise<Row[]> {
  const series = await inTurns(bench.targets, bench.quick ? 1 : 3, async (name) => {
    const process = await bench.start(name)
    try {
      await closedLoop(process, connections, bench.quick ? 3_000 : 6_000)
      return peakMemory(process.pid)
    } finally {
      await process.stop()
    }
  })
  return [compare('memory', 'peak RSS, MiB', series, { base: 'bare', combine: ratio, limit: atMost(1.5, ' x bare') })]
}
