import assert from 'node:assert/strict'
import type { Strategy, StrategyAsk, StrategyCandidate } from '@tianjillm/core'
import { deepFreeze } from '../fakes/builders.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { openStage, type Stage } from '../suite/stage.ts'
import { seeded } from './seeded.ts'

/** Candidates, what else is known, and who may be picked of them. */
export interface StrategyExample {
  readonly name: string
  /** What differs from a candidate of which nothing is known; ids default to `a`, `b`, `c`, ... */
  readonly candidates: readonly Partial<StrategyCandidate>[]
  readonly ask?: Partial<StrategyAsk>
  /** Ids, or shares of the calls by id; who is not named is never picked. */
  readonly picks: readonly string[] | Readonly<Record<string, number>>
}

/** What `describeStrategy` takes. */
export interface StrategySuite {
  readonly plugin: AnyPlugin<'strategy', Strategy>
  readonly config: unknown
  /** At least one. */
  readonly examples: readonly StrategyExample[]
  /** Real microseconds that a pick among 100 may take on average. Default 100: a bound for tests, on machines that are busy. */
  readonly budgetUs?: number
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

const SEEDS = [1, 2, 3]
const PICKS = 6_000

/** The checks of `describeStrategy`, to run them without vitest. */
export function strategyChecks(suite: StrategySuite): Check[] {
  const { plugin, config, examples, budgetUs = 100 } = suite
  const check = (name: string, body: (stage: Stage<Strategy>) => void): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config })
      try {
        body(stage)
      } finally {
        await stage.instance.close?.()
      }
      assert.equal(stage.clock.pending(), 0, '`close` left timers on the clock.')
    },
  })
  return withSkips([
    ...manifestChecks(plugin, config),
    ...examples.map((example) => check(example.name, ({ instance }) => shares(instance, example))),
    check('always answers an index of a candidate, whatever is known of them', ({ instance }) => {
      const random = seeded(1)
      for (let i = 0; i < 2_000; i += 1) {
        const candidates = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, at) => anyCandidate(`d${at}`, random))
        const picked = instance.pick(deepFreeze(candidates), { stream: random() < 0.5, at: random() * 1e6 }, random)
        assert.ok(Number.isInteger(picked) && picked >= 0 && picked < candidates.length, `Answered ${picked} for ${JSON.stringify(candidates)}.`)
      }
    }),
    check('chance comes from `random` alone', ({ instance }) => {
      const candidates = examples.flatMap((example) => candidatesOf(example))
      const run = (): number[] => {
        const random = seeded(7)
        return Array.from({ length: 200 }, () => instance.pick(candidates, { stream: false, at: 1 }, random))
      }
      const real = Math.random
      Math.random = () => assert.fail('`Math.random` was asked. Use `random`.')
      try {
        const [first, second] = [run(), run()]
        if (!sameOdds(first, second)) assert.fail('Two runs with the same seed pick differently by far.')
      } finally {
        Math.random = real
      }
    }),
    check('holds on to nothing that it was lent', ({ instance }) => {
      const [one, two] = [{ ...unknown, id: 'one' }, { ...unknown, id: 'two' }]
      const lent: StrategyCandidate[] = [one, two]
      instance.pick(lent, { stream: false, at: 1 }, seeded(1))
      lent.length = 0
      lent.push(two)
      assert.equal(instance.pick(lent, { stream: false, at: 2 }, seeded(1)), 0, 'The list of an earlier call was used.')
    }),
    check('is quick', ({ instance }) => {
      const random = seeded(3)
      const candidates = Array.from({ length: 100 }, (_, at) => anyCandidate(`d${at}`, random))
      const rounds = 2_000
      const started = performance.now()
      for (let i = 0; i < rounds; i += 1) instance.pick(candidates, { stream: i % 2 === 0, at: i }, random)
      const us = ((performance.now() - started) * 1000) / rounds
      assert.ok(us < budgetUs, `A pick among 100 candidates takes ${us.toFixed(1)} µs.`)
    }),
  ], suite.skip)
}

const unknown: StrategyCandidate = {
  id: '', model: 'm', weight: undefined, rpm: undefined, tpm: undefined, inputCost: undefined, outputCost: undefined,
  inFlight: 0, requests: 0, tokens: 0, latencyMs: undefined, tokenMs: undefined, firstByteMs: undefined, measuredAt: undefined,
}

function candidatesOf({ candidates }: StrategyExample): StrategyCandidate[] {
  return candidates.map((known, at) => deepFreeze({ ...unknown, id: String.fromCharCode(97 + at), ...known }))
}

/** A candidate of which by chance some things are known; numbers may be 0. */
function anyCandidate(id: string, random: () => number): StrategyCandidate {
  const amount = (): number => Math.floor(random() * 50)
  const maybe = (): number | undefined => (random() < 0.3 ? undefined : amount())
  return {
    id, model: 'm', weight: maybe(), rpm: maybe(), tpm: maybe(), inputCost: maybe(), outputCost: maybe(), inFlight: amount(), requests: amount(), tokens: amount(),
    latencyMs: maybe(), tokenMs: maybe(), firstByteMs: maybe(), measuredAt: maybe(),
  }
}

/** Runs an example with several seeds and holds the counts to what was said. */
function shares(instance: Strategy, example: StrategyExample): void {
  const { picks, ask } = example
  const candidates = candidatesOf(example)
  const wanted = Array.isArray(picks) ? undefined : picks as Readonly<Record<string, number>>
  const allowed = new Set(wanted ? Object.keys(wanted).filter((id) => wanted[id]! > 0) : picks as readonly string[])
  for (const seed of SEEDS) {
    const random = seeded(seed)
    const counts = candidates.map(() => 0)
    for (let i = 0; i < PICKS; i += 1) counts[instance.pick(candidates, { stream: false, at: 0, ...ask }, random)]! += 1
    for (const [at, { id }] of candidates.entries()) if (!allowed.has(id)) assert.equal(counts[at], 0, `${id} was picked ${counts[at]} times, and never should be.`)
    if (!wanted) continue
    const whole = candidates.reduce((sum, { id }) => sum + (wanted[id] ?? 0), 0)
    let statistic = 0
    for (const [at, { id }] of candidates.entries()) {
      const expected = (PICKS * (wanted[id] ?? 0)) / whole
      if (expected > 0) statistic += (counts[at]! - expected) ** 2 / expected
    }
    // Pearson's test: so far from its mean (classes - 1) chance alone takes the statistic once in some ten thousand runs.
    const classes = allowed.size
    assert.ok(statistic < classes - 1 + 4 * Math.sqrt(2 * classes), `The counts ${candidates.map(({ id }, at) => `${id}: ${counts[at]}`).join(', ')} are not in the shares ${JSON.stringify(wanted)}.`)
  }
}

/** A strategy may keep a place (round robin), so that runs need not be equal; but their counts must be. */
function sameOdds(first: readonly number[], second: readonly number[]): boolean {
  const count = (run: readonly number[], at: number): number => run.filter((picked) => picked === at).length
  return [...new Set([...first, ...second])].every((at) => Math.abs(count(first, at) - count(second, at)) <= 5 * Math.sqrt(first.length))
}
