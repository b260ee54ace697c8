import { createFakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amount, limitChecks, limitRules as rules } from './contract.ts'
import { createMemoryLimitStore, type LimitRule, type MemoryLimitStore, type Reserved } from './index.ts'

const JUNE = Date.parse('2026-06-10T12:00:00Z')

describe('the contract, in memory', () => {
  it.each(limitChecks)('$name', async ({ run }) => {
    const clock = createFakeClock(JUNE)
    let store: MemoryLimitStore | undefined
    await expect(run({ clock, open: (options = {}) => (store ??= createMemoryLimitStore({ clock, ...options })) })).resolves.toBeUndefined()
  })
})

/** A store that never waits, driven by short words. */
function setup(options: Partial<Parameters<typeof createMemoryLimitStore>[0]> = {}) {
  const clock = createFakeClock(JUNE)
  const store: MemoryLimitStore = createMemoryLimitStore({ clock, ...options })
  let n = 0
  const reserve = (limits: readonly LimitRule[], estimate = amount(0)): { id: string; answer: Reserved } => {
    const id = `r${(n += 1)}`
    return { id, answer: store.reserve({ id, rules: limits, estimate }) as Reserved }
  }
  const used = (limits: readonly LimitRule[]): number[] => (store.read(limits) as readonly { used: number }[]).map((state) => state.used)
  return { clock, store, reserve, used }
}

describe('exactness', () => {
  it('LL#34732: 500 calls at once on a budget for 20, in any order of starts and ends, never exceed it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(999), { minLength: 500, maxLength: 500 }), fc.infiniteStream(fc.boolean()), (price, costs, coin) => {
      const { store, reserve, used } = setup()
      const limit = 20 * price * 1000
      const budget = rules({ maxBudget: limit })
      const flying: { id: string; cost: number }[] = []
      const land = (): void => {
        const { id, cost } = flying.shift()!
        void store.settle(id, amount(cost))
      }
      for (const cost of costs) {
        const { id, answer } = reserve(budget, amount(price * 1000))
        if (answer.ok) flying.push({ id, cost: Math.min(cost, price * 1000) })
        if (flying.length > 0 && coin.next().value) land()
        expect(flying.length * price * 1000 + used(budget)[0]!).toBeLessThanOrEqual(limit)
      }
      while (flying.length > 0) land()
      expect(used(budget)[0]).toBeLessThanOrEqual(limit)
      expect(store.stats().held).toBe(0)
    }), { numRuns: 50 })
  })

  it('whatever reserves, settles, expires and jumps: spend is the sum of what was settled, and nothing stays held', () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant('reserve' as const), by: fc.nat(50) }),
      fc.record({ do: fc.constant('settle' as const), by: fc.nat(50) }),
      fc.record({ do: fc.constant('wait' as const), by: fc.nat(400) }),
      fc.record({ do: fc.constant('jump' as const), by: fc.integer({ min: -90_000_000, max: 90_000_000 }) }),
    )
    fc.assert(fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
      const { clock, store, reserve, used } = setup({ leaseMs: 500 })
      const total = rules({ maxBudget: 1000, maxParallelRequests: 1000 })
      let settled = 0
      const open: string[] = []
      for (const { do: what, by } of actions) {
        if (what === 'reserve') {
          const { id, answer } = reserve(total, amount(by))
          if (answer.ok) open.push(id)
        } else if (what === 'wait') clock.advance(by)
        else if (what === 'jump') clock.jump(by)
        else if (open.length > 0) {
          void store.settle(open.splice(by % open.length, 1)[0]!, amount(by))
          settled += by
        }
        expect(used(total)[1]).toBe(settled)
      }
      clock.advance(500)
      expect(store.read(total)).toMatchObject([{ used: 0 }, { used: settled, held: 0 }])
    }), { numRuns: 200 })
  })
})

it('a warm store never answers with a promise', async () => {
  const { store, reserve } = setup({ spent: () => Promise.resolve(90) })
  const budget = rules({ maxBudget: 100 })
  await store.reserve({ id: 'cold', rules: budget, estimate: amount(1) })
  expect(reserve(budget, amount(1)).answer).toMatchObject({ ok: true })
})

it('counts the leases that ran out', () => {
  const { clock, store, reserve } = setup({ leaseMs: 1000 })
  reserve(rules({ maxBudget: 100 }), amount(100))
  clock.advance(1000)
  reserve(rules({ maxBudget: 100 }), amount(100))
  expect(store.stats()).toMatchObject({ held: 1, expired: 1 })
})

it('rare owners do not fill the memory: idle rate counts go, spend and calls in flight stay', () => {
  const { clock, store, reserve, used } = setup()
  const kept = rules({ maxBudget: 100, maxParallelRequests: 1 }, 'kept')
  reserve(kept, amount(10))
  for (let i = 0; i < 60_000; i += 1) {
    if (i % 10_000 === 0) clock.jump(120_000)
    void store.settle(reserve(rules({ rpmLimit: 1 }, `rare-${i}`).filter(({ counted }) => counted === 'requests')).id, amount(0))
  }
  expect(store.stats().counters).toBeLessThan(52_000)
  expect(used(kept)).toEqual([1, 0])
  expect(reserve(kept).answer.ok).toBe(false)
})

it('a count that was idle is not dropped while its owner comes back', () => {
  const { clock, store, reserve, used } = setup()
  const call = (...limits: LimitRule[]): void => void store.settle(reserve(limits).id, amount(0))
  const rate = (owner: string): LimitRule => rules({ rpmLimit: 10 }, owner).find(({ counted }) => counted === 'requests')!
  const idle = rate('idle')
  call(idle)
  for (let i = 0; i < 49_999; i += 1) call(rate(`rare-${i}`))
  clock.jump(120_000)
  // The second is one too many: what is idle goes.
  call(idle, rate('newcomer'))
  call(idle)
  expect(used([idle])).toEqual([2])
})
