import { type Bench, inTurns } from '../bench.ts'
import { atMost, type Row } from '../report.ts'
import { compare } from './compare.ts'

/** Spawn to the first 200 on the liveness path. */
export async function ready(bench: Bench): Promise<Row[]> {
  const series = await inTurns(bench.targets, bench.quick ? 3 : 7, async (name) => {
    const process = await bench.start(name)
    await process.stop()
    return process.readyMs
  })
  return [compare('ready', 'spawn to first 200, ms', series, { base: 'ours', combine: (value) => value, limit: atMost(bench.database === 'none' ? 300 : 1500, ' ms') })]
}
