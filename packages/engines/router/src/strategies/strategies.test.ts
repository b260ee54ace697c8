import type { Strategy } from '@tianjillm/core'
import { createFakeClock, type FakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { chiSquare, seeded } from '../__fixtures__/seeded.ts'
import { createRouter, createRoutingState, defaultCooldown, type RoutedDeployment, type Router } from '../index.ts'
import { leastBusy } from './least-busy.ts'
import { lowestCost } from './lowest-cost.ts'
import { lowestLatency } from './lowest-latency.ts'
import { lowestUsage } from './lowest-usage.ts'
import { simpleShuffle } from './shuffle.ts'

interface Bench {
  readonly router: Router<RoutedDeployment>
  readonly clock: FakeClock
  /** Ids of so many choices; nothing begins. */
  choices(count: number, stream?: boolean): string[]
  /** The counts of {@link choices} in the order of the deployments. */
  counts(count: number): number[]
  /** A call that takes a while and says so. */
  call(id: string, latencyMs: number, tokens?: number, firstByteMs?: number): void
}

function bench(strategy: Strategy, deployments: readonly Partial<RoutedDeployment>[], seed = 1): Bench {
  const clock = createFakeClock()
  const state = createRoutingState({ clock, cooldown: defaultCooldown })
  const all = deployments.map((more, i): RoutedDeployment => ({ id: `d${i}`, modelName: 'm', model: `up${i}`, ...more }))
  const router = createRouter({ deployments: all, state, random: seeded(seed), strategy: { name: 's', strategy } })
  const group = router.group('m')!
  const choices = (count: number, stream = false): string[] => Array.from({ length: count }, () => router.choose(group, { stream }).candidate!.deployment.id)
  return {
    router, clock, choices,
    counts(count) {
      const seen = choices(count)
      return all.map(({ id }) => seen.filter((one) => one === id).length)
    },
    call(id, latencyMs, outputTokens, firstByteMs) {
      state.began(id)
      state.ended(id, { ok: true, latencyMs, ...(outputTokens !== undefined && { outputTokens }), ...(firstByteMs !== undefined && { firstByteMs }) })
    },
  }
}

/** The highest statistic that chance explains. */
const bound = (classes: number): number => classes - 1 + 4 * Math.sqrt(2 * classes)

describe('simple-shuffle', () => {
  it.each([
    ['weights', [{ weight: 1 }, { weight: 3 }, { weight: 6 }], [1, 3, 6]],
    ['weights, where an absent one is 1', [{ weight: 4 }, {}, { rpm: 1000 }], [4, 1, 1]],
    ['a weight of 0', [{ weight: 0 }, { weight: 2 }], [0, 2]],
    ['requests a minute', [{ rpm: 900 }, { rpm: 100 }], [9, 1]],
    ['requests a minute, where one is not known', [{ rpm: 300 }, { rpm: 100 }, { tpm: 5 }], [3, 1, 2]],
    ['tokens a minute', [{ tpm: 10_000 }, { tpm: 30_000 }], [1, 3]],
    ['nothing said', [{}, {}, {}], [1, 1, 1]],
    ['weights of 0 alone', [{ weight: 0 }, { weight: 0 }], [1, 1]],
  ] as const)('shares by %s', (_, deployments, shares) => {
    for (const seed of [1, 2, 3]) expect(chiSquare(bench(simpleShuffle, deployments, seed).counts(10_000), shares)).toBeLessThan(bound(shares.length))
  })

  it('is repeated by the same seed', () => {
    expect(bench(simpleShuffle, [{}, {}, {}], 7).choices(50)).toEqual(bench(simpleShuffle, [{}, {}, {}], 7).choices(50))
    expect(bench(simpleShuffle, [{}, {}, {}], 7).choices(50)).not.toEqual(bench(simpleShuffle, [{}, {}, {}], 8).choices(50))
  })
})

describe('least-busy', () => {
  it('keeps the calls under way level, whatever order they end in', () => {
    const { router } = bench(leastBusy, [{}, {}, {}, {}])
    const random = seeded(5)
    const under: string[] = []
    const inFlight = (): number[] => [0, 1, 2, 3].map((i) => router.state.snapshot(`d${i}`).inFlight)
    for (let i = 0; i < 2000; i += 1) {
      if (under.length > 0 && random() < 0.45) {
        const [id] = under.splice(Math.floor(random() * under.length), 1)
        router.state.ended(id!, { ok: true })
        continue
      }
      const least = Math.min(...inFlight())
      const { id } = router.choose(router.group('m')!, { stream: false }).candidate!.deployment
      expect(router.state.snapshot(id).inFlight).toBe(least)
      router.state.began(id)
      under.push(id)
    }
  })

  it('gives deployments that are equally busy the same chance', () => {
    expect(chiSquare(bench(leastBusy, [{}, {}, {}, {}]).counts(10_000), [1, 1, 1, 1])).toBeLessThan(bound(4))
  })
})

describe('latency-based-routing', () => {
  const strategy = lowestLatency({ ttlMs: 3_600_000, buffer: 0 })

  it('prefers the one whose tokens come fastest, however long its answers are', () => {
    const { call, choices } = bench(strategy, [{}, {}])
    for (let i = 0; i < 10; i += 1) {
      call('d0', 8000, 1000)
      call('d1', 1000, 50)
    }
    expect(new Set(choices(100))).toEqual(new Set(['d0']))
  })

  it('prefers the earliest first byte for streams', () => {
    const { call, choices } = bench(strategy, [{}, {}])
    call('d0', 500, 100, 400)
    call('d1', 9000, 100, 100)
    expect(new Set(choices(50, true))).toEqual(new Set(['d1']))
    expect(new Set(choices(50, false))).toEqual(new Set(['d0']))
  })

  it('follows: about ten calls turn a judgement', () => {
    const { call, choices } = bench(strategy, [{}, {}])
    call('d0', 100, 10)
    call('d1', 200, 10)
    for (let i = 0; i < 10; i += 1) call('d0', 1000, 10)
    expect(new Set(choices(50))).toEqual(new Set(['d1']))
  })

  it('shares among those within the buffer', () => {
    const within = bench(lowestLatency({ ttlMs: 1000, buffer: 0.5 }), [{}, {}, {}])
    within.call('d0', 1000, 10)
    within.call('d1', 1400, 10)
    within.call('d2', 1600, 10)
    expect(chiSquare(within.counts(10_000), [1, 1, 0])).toBeLessThan(bound(2))
  })

  it('explores what it does not know by one call at a time, and forgets', () => {
    const { call, choices, router, clock } = bench(lowestLatency({ ttlMs: 60_000, buffer: 0 }), [{}, {}])
    call('d0', 100, 10)
    expect(new Set(choices(20))).toEqual(new Set(['d1']))
    router.state.began('d1')
    expect(new Set(choices(20))).toEqual(new Set(['d0']))
    router.state.ended('d1', { ok: true, latencyMs: 500, outputTokens: 10 })
    expect(new Set(choices(20))).toEqual(new Set(['d0']))
    clock.advance(50_000)
    call('d0', 100, 10)
    clock.advance(20_000)
    expect(new Set(choices(20))).toEqual(new Set(['d1']))
  })

  it('a time-out counts as very slow, another error says nothing of speed', () => {
    const { call, choices, router: { state } } = bench(strategy, [{}, {}])
    call('d0', 100, 10)
    call('d1', 500, 10)
    state.began('d0')
    state.ended('d0', { ok: false, latencyMs: 1, error: { class: 'internal_server', status: 500 } })
    expect(new Set(choices(20))).toEqual(new Set(['d0']))
    state.began('d0')
    state.ended('d0', { ok: false, latencyMs: 30_000, error: { class: 'timeout', status: 408 } })
    expect(new Set(choices(20))).toEqual(new Set(['d1']))
  })

  it('goes by whole answers where there are no tokens', () => {
    const { call, choices } = bench(strategy, [{}, {}])
    call('d0', 300)
    call('d1', 100)
    expect(new Set(choices(50))).toEqual(new Set(['d1']))
  })
})

describe('cost-based-routing', () => {
  it('takes the cheapest, then the next, and those without a price last', () => {
    const { router } = bench(lowestCost, [{}, { inputCost: 5, outputCost: 15 }, { inputCost: 3, outputCost: 16 }, { inputCost: 0, outputCost: 0 }])
    const order: string[] = []
    for (let i = 0; i < 4; i += 1) order.push(router.choose(router.group('m')!, { stream: false, tried: new Set(order) }).candidate!.deployment.id)
    expect(order).toEqual(['d3', 'd2', 'd1', 'd0'])
  })

  it('shares among equals', () => {
    expect(chiSquare(bench(lowestCost, [{ inputCost: 1 }, { inputCost: 1 }, { inputCost: 2 }]).counts(10_000), [1, 1, 0])).toBeLessThan(bound(2))
    expect(chiSquare(bench(lowestCost, [{}, {}]).counts(10_000), [1, 1])).toBeLessThan(bound(2))
  })
})

describe('usage-based-routing', () => {
  it('fills limits in proportion', () => {
    const { router } = bench(lowestUsage, [{ rpm: 100 }, { rpm: 300 }, { rpm: 600 }])
    for (let i = 0; i < 500; i += 1) router.state.began(router.choose(router.group('m')!, { stream: false }).candidate!.deployment.id)
    expect([0, 1, 2].map((i) => router.state.snapshot(`d${i}`).rpmUsed / [100, 300, 600][i]!)).toEqual([0, 1, 2].map(() => expect.closeTo(0.5, 1)))
  })

  it('looks at whichever limit is nearer, and leaves out who is at it until the next minute', () => {
    const { router, clock } = bench(lowestUsage, [{ rpm: 10, tpm: 1000 }, { rpm: 10, tpm: 1000 }])
    const { state } = router
    state.began('d0')
    state.ended('d0', { ok: true, inputTokens: 900, outputTokens: 0 })
    const choose = () => router.choose(router.group('m')!, { stream: false, inputTokens: () => 200 })
    expect(choose()).toMatchObject({ candidate: { deployment: { id: 'd1' } }, skipped: [{ id: 'd0', reason: 'over_limit' }] })
    for (let i = 0; i < 10; i += 1) state.began('d1')
    expect(choose()).toMatchObject({ candidate: undefined, reason: 'over_limit', retryAfterMs: 60_000 })
    clock.advance(59_999)
    expect(choose().retryAfterMs).toBe(1)
    clock.advance(1)
    expect(choose().candidate).toBeDefined()
  })

  it('levels tokens where limits are not known, then requests', () => {
    const { router, call, choices } = bench(lowestUsage, [{}, { rpm: 10 }])
    call('d0', 1, 500)
    expect(new Set(choices(20))).toEqual(new Set(['d1']))
    call('d1', 1, 499)
    expect(new Set(choices(20))).toEqual(new Set(['d1']))
    const fresh = bench(lowestUsage, [{}, {}])
    fresh.router.state.began('d0')
    expect(new Set(fresh.choices(20))).toEqual(new Set(['d1']))
    expect(router.state.snapshot('d0').tpmUsed).toBe(500)
  })
})
