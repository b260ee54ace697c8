import type { Strategy } from '@tianjillm/core'
import { createFakeClock, describeStrategy, type FakeClock, seeded } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { costBasedPlugin, createRouter, createRoutingState, defaultCooldown, latencyBasedPlugin, leastBusyPlugin, type RoutedDeployment, type Router, simpleShufflePlugin, usageBasedPlugin } from '../index.ts'
import { leastBusy } from './least-busy.ts'
import { lowestCost } from './lowest-cost.ts'
import { lowestLatency } from './lowest-latency.ts'
import { lowestUsage } from './lowest-usage.ts'

interface Bench {
  readonly router: Router<RoutedDeployment>
  readonly clock: FakeClock
  /** Ids of so many choices; nothing begins. */
  choices(count: number, stream?: boolean): string[]
  /** A call that takes a while and says so. */
  call(id: string, latencyMs: number, tokens?: number, firstByteMs?: number): void
}

function bench(strategy: Strategy, deployments: readonly Partial<RoutedDeployment>[]): Bench {
  const clock = createFakeClock()
  const state = createRoutingState({ clock, cooldown: defaultCooldown })
  const all = deployments.map((more, i): RoutedDeployment => ({ id: `d${i}`, modelName: 'm', model: `up${i}`, ...more }))
  const router = createRouter({ deployments: all, state, random: seeded(1), strategy: { name: 's', strategy } })
  const group = router.group('m')!
  const choices = (count: number, stream = false): string[] => Array.from({ length: count }, () => router.choose(group, { stream }).candidate!.deployment.id)
  return {
    router, clock, choices,
    call(id, latencyMs, outputTokens, firstByteMs) {
      state.began(id)
      state.ended(id, { ok: true, latencyMs, ...(outputTokens !== undefined && { outputTokens }), ...(firstByteMs !== undefined && { firstByteMs }) })
    },
  }
}

describeStrategy({
  plugin: simpleShufflePlugin, config: {},
  examples: [
    { name: 'shares by weights', candidates: [{ weight: 1 }, { weight: 3 }, { weight: 6 }], picks: { a: 1, b: 3, c: 6 } },
    { name: 'an absent weight is 1', candidates: [{ weight: 4 }, {}, { rpm: 1000 }], picks: { a: 4, b: 1, c: 1 } },
    { name: 'a weight of 0 takes none', candidates: [{ weight: 0 }, { weight: 2 }, { weight: 0 }], picks: ['b'] },
    { name: 'weights of 0 alone are equal', candidates: [{ weight: 0 }, { weight: 0 }], picks: { a: 1, b: 1 } },
    { name: 'shares by requests a minute', candidates: [{ rpm: 900 }, { rpm: 100 }], picks: { a: 9, b: 1 } },
    { name: 'an absent limit is like the others on average', candidates: [{ rpm: 300 }, { rpm: 100 }, { tpm: 5 }], picks: { a: 3, b: 1, c: 2 } },
    { name: 'shares by tokens a minute', candidates: [{ tpm: 10_000 }, { tpm: 30_000 }], picks: { a: 1, b: 3 } },
    { name: 'shares evenly', candidates: [{}, {}, {}], picks: { a: 1, b: 1, c: 1 } },
  ],
})

describeStrategy({
  plugin: leastBusyPlugin, config: { ttl: 60 },
  examples: [
    { name: 'the least busy', candidates: [{ inFlight: 2 }, { inFlight: 1 }, { inFlight: 5 }], picks: ['b'] },
    { name: 'equals alike', candidates: [{ inFlight: 1 }, { inFlight: 2 }, { inFlight: 1 }, { inFlight: 1 }], picks: { a: 1, c: 1, d: 1 } },
  ],
})

describeStrategy({
  plugin: costBasedPlugin, config: {},
  examples: [
    { name: 'the cheapest, input and output together', candidates: [{}, { inputCost: 5, outputCost: 15 }, { inputCost: 3, outputCost: 16 }], picks: ['c'] },
    { name: 'what costs nothing', candidates: [{ inputCost: 1 }, { inputCost: 0, outputCost: 0 }], picks: ['b'] },
    { name: 'equals alike', candidates: [{ inputCost: 1 }, { inputCost: 1 }, { inputCost: 2 }], picks: { a: 1, b: 1 } },
    { name: 'those without a price, alike, where none has one', candidates: [{}, {}], picks: { a: 1, b: 1 } },
  ],
})

describeStrategy({
  plugin: usageBasedPlugin, config: {},
  examples: [
    { name: 'most room in proportion', candidates: [{ rpm: 100, requests: 50 }, { rpm: 1000, requests: 400 }, { tpm: 1000, tokens: 600 }], picks: ['b'] },
    { name: 'the nearer limit counts', candidates: [{ rpm: 100, requests: 10, tpm: 1000, tokens: 900 }, { rpm: 100, requests: 80 }], picks: ['b'] },
    { name: 'fewest tokens where one has no limit', candidates: [{ tokens: 10 }, { tpm: 1_000_000, tokens: 20 }], picks: ['a'] },
    { name: 'of equal tokens fewest requests', candidates: [{ tokens: 10, requests: 3 }, { tokens: 10, requests: 2 }], picks: ['b'] },
    { name: 'equals alike', candidates: [{ rpm: 10, requests: 1 }, { rpm: 100, requests: 10 }], picks: { a: 1, b: 1 } },
  ],
})

const seen = { measuredAt: 0 }
describeStrategy({
  plugin: latencyBasedPlugin, config: { ttl: 10, lowest_latency_buffer: 0.5 },
  examples: [
    { name: 'the fastest tokens, however long the answers', candidates: [{ ...seen, latencyMs: 8000, tokenMs: 8 }, { ...seen, latencyMs: 1000, tokenMs: 20 }], picks: ['a'] },
    { name: 'the earliest byte of streams', ask: { stream: true }, candidates: [{ ...seen, latencyMs: 1, tokenMs: 1, firstByteMs: 300 }, { ...seen, latencyMs: 9, tokenMs: 9, firstByteMs: 100 }], picks: ['b'] },
    { name: 'those within the buffer alike', candidates: [{ ...seen, tokenMs: 100 }, { ...seen, tokenMs: 149 }, { ...seen, tokenMs: 151 }], picks: { a: 1, b: 1 } },
    { name: 'the unknown first', candidates: [{ ...seen, tokenMs: 1 }, {}, {}], picks: { b: 1, c: 1 } },
    { name: 'one exploring call is enough', candidates: [{ ...seen, tokenMs: 1 }, { inFlight: 1 }], picks: ['a'] },
    { name: 'nothing known of any: the least busy', candidates: [{ inFlight: 2 }, { inFlight: 1 }], picks: ['b'] },
    { name: 'what is old is forgotten', ask: { at: 10_001 }, candidates: [{ measuredAt: 9000, tokenMs: 5 }, { ...seen, tokenMs: 1 }], picks: ['b'] },
  ],
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
