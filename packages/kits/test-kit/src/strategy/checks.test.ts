import type { Strategy, StrategyPlugin } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { strategyChecks, type StrategySuite } from './checks.ts'
import { describeStrategy } from './describe-strategy.ts'

const config = v.strictObject({})

/** Correct: the one that costs least for each token of input, of equals by chance. */
const cheapest: Strategy['pick'] = (open, _ask, random) => {
  const least = Math.min(...open.map(({ inputCost = 1000 }) => inputCost))
  const fit = open.flatMap(({ inputCost = 1000 }, i) => (inputCost === least ? [i] : []))
  return fit[Math.floor(random() * fit.length)]!
}

function suite(pick: Strategy['pick'] = cheapest, create: StrategyPlugin<unknown>['create'] = () => ({ pick })): StrategySuite {
  const plugin: StrategyPlugin<unknown> = Object.freeze({ apiVersion: 1, kind: 'strategy', name: 'cheapest', version: '1.0.0', config, create })
  return {
    plugin, config: {},
    examples: [
      { name: 'the cheapest', candidates: [{ inputCost: 2 }, { inputCost: 1 }, {}], picks: ['b'] },
      { name: 'equals alike', candidates: [{ inputCost: 1 }, { inputCost: 1 }, { inputCost: 3 }], picks: { a: 1, b: 1 } },
    ],
  }
}

describeStrategy(suite())

describe('describeStrategy catches', () => {
  let last: Parameters<Strategy['pick']>[0] | undefined
  it.each<[string, StrategySuite, string, string?]>([
    ['the wrong one', suite((open) => open.length - 1), 'the cheapest', 'never should be'],
    ['one of equals preferred', suite((open, ask, random) => cheapest(open, ask, () => random() * 0.9)), 'equals alike', 'not in the shares'],
    ['an index beyond the end', suite((open) => open.length), 'always answers an index of a candidate, whatever is known of them'],
    ['a measure that is not known', suite((open) => open.findIndex(({ tpm }) => tpm === 1)), 'always answers an index of a candidate, whatever is known of them'],
    ['a candidate that is changed', suite((open) => { (open[0] as { inFlight: number }).inFlight += 1; return 0 }), 'always answers an index of a candidate, whatever is known of them'],
    ['chance of its own', suite((open) => Math.floor(Math.random() * open.length)), 'chance comes from `random` alone', 'Math.random'],
    ['a list that is kept', suite(() => 0, () => ({ pick: (open) => { last ??= [...open]; return last.length - 1 } })), 'holds on to nothing that it was lent'],
    ['a slow one', { ...suite((open) => { const end = performance.now() + 0.5; while (performance.now() < end); return open.length - 1 }) }, 'is quick', 'µs'],
    ['a timer left by close', suite(undefined, (_config, host) => { host.clock.after(1000, () => {}); return { pick: cheapest } }), 'the cheapest', 'timers'],
  ])('%s', async (_, broken, name, message = '') => {
    const failed = await failures(strategyChecks(broken).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
    expect(failed.get(name)).toContain(message)
  })
})
