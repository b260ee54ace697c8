import { type Bench, inTurns, withTargets } from '../bench.ts'
import { countEvents, readStreams } from '../load/streams.ts'
import { cpuSeconds } from '../processes/accounting.ts'
import type { Running } from '../processes/spawn.ts'
import { atMost, type Row } from '../report.ts'
import { ratio } from '../statistics.ts'
import { eventsPerStream } from '../wire.ts'
import { compare } from './compare.ts'

const width = 200

/** 200 streams at full speed: what an event costs when they come in bulk. */
export const streams = (bench: Bench): Promise<Row[]> => measure(bench, 'streams', 'fast', bench.quick ? { warm: 3, rounds: 3, waves: 4 } : { warm: 8, rounds: 7, waves: 10 })

/** 200 streams with an event each 20 ms: what an event costs when each comes alone. */
export const paced = (bench: Bench): Promise<Row[]> => measure(bench, 'paced', 'paced', bench.quick ? { warm: 3, rounds: 3, waves: 1 } : { warm: 8, rounds: 5, waves: 2 })

function measure(bench: Bench, scenario: string, kind: 'fast' | 'paced', { warm, rounds, waves }: { warm: number; rounds: number; waves: number }): Promise<Row[]> {
  return withTargets(bench, async (running) => {
    for (const [name, address] of running) {
      const events = await countEvents(address, kind)
      if (events !== eventsPerStream[kind]) throw new Error(`${name} passes ${events} of ${eventsPerStream[kind]} events`)
      // Quick streams compile the code in seconds.
      await readStreams(address, width, 'fast', warm)
    }
    const series = await inTurns(bench.targets, rounds, async (name) => {
      const address = running.get(name) as Running
      const { pid } = address
      const before = cpuSeconds(pid)
      const events = await readStreams(address, width, kind, waves)
      return ((cpuSeconds(pid) - before) / events) * 1e6
    })
    return [compare(scenario, 'CPU per event, µs', series, { base: 'bare', combine: ratio, limit: atMost(1.15, ' x bare') })]
  })
}
