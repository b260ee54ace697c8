import { createFakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Amount, createMemoryLimitStore, type LimitRule, type MemoryLimitStore, type OwnerLimits, ownerRules, type Reserved } from './index.ts'

const none: OwnerLimits = {
  maxBudget: null, softBudget: null, budgetDuration: null, budgetLimits: [], rpmLimit: null, tpmLimit: null, maxParallelRequests: null,
  modelRpmLimit: {}, modelTpmLimit: {}, modelMaxBudget: {}, tempBudgetIncrease: null, tempBudgetExpiry: null,
}
const JUNE = Date.parse('2026-06-10T12:00:00Z')
const rules = (limits: Partial<OwnerLimits>, id = 'k'): readonly LimitRule[] => ownerRules({ scope: 'key', id, name: id, since: 0, limits: { ...none, ...limits } }).always
const amount = (nanoUsd: number, inputTokens = 0, outputTokens = 0): Amount => ({ nanoUsd, inputTokens, outputTokens })

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

describe('budgets', () => {
  it('a call is refused when what is spent, held and asked for is more than the budget', () => {
    const { store, reserve } = setup()
    const budget = rules({ maxBudget: 100 })
    const first = reserve(budget, amount(60))
    expect(first.answer.ok).toBe(true)
    expect(reserve(budget, amount(41)).answer).toMatchObject({ ok: false, refused: { used: 0, held: 60, limit: 100 } })
    void store.settle(first.id, amount(10))
    expect(reserve(budget, amount(41)).answer.ok).toBe(true)
  })

  it('0 is zero: nothing passes, not even a call for nothing', () => {
    const { reserve } = setup()
    expect(reserve(rules({ maxBudget: 0 })).answer.ok).toBe(false)
  })

  it('a refused call counts nowhere, whichever rule refused it', () => {
    const { store, reserve, used } = setup()
    const all = rules({ rpmLimit: 5, tpmLimit: 1000, maxParallelRequests: 5, maxBudget: 10 })
    expect(reserve(all, amount(11, 10)).answer.ok).toBe(false)
    expect(used(all)).toEqual([0, 0, 0, 0])
    expect(store.stats().held).toBe(0)
  })

  it('LL#30039, LL#35569: a settlement that comes twice counts once, and an unknown one not at all', () => {
    const { store, reserve, used } = setup()
    const budget = rules({ maxBudget: 100 })
    const { id } = reserve(budget, amount(50))
    for (let i = 0; i < 3; i += 1) void store.settle(id, amount(20))
    void store.settle('never', amount(99))
    expect(used(budget)).toEqual([20])
    expect(reserve(budget, amount(80)).answer.ok).toBe(true)
  })

  it('an id is good for one reservation at a time', () => {
    const { store } = setup()
    const reservation = { id: 'same', rules: rules({ maxBudget: 100 }), estimate: amount(60) }
    void store.reserve(reservation)
    expect(() => store.reserve(reservation)).toThrow('same')
  })

  it('LL#24675, LL#40940: a period begins by itself, calls in flight across it stay held, and are charged once to the period that admitted them', () => {
    const { clock, store, reserve, used } = setup()
    const daily = rules({ maxBudget: 100, budgetDuration: '24h' })
    const spent = reserve(daily, amount(90))
    void store.settle(spent.id, amount(90))
    const across = reserve(daily, amount(10))
    expect(reserve(daily, amount(1)).answer.ok).toBe(false)
    clock.jump(12 * 3_600_000)
    expect(used(daily)).toEqual([0])
    expect(reserve(daily, amount(95)).answer).toMatchObject({ ok: false, refused: { held: 10 } })
    void store.settle(across.id, amount(7))
    expect(used(daily)).toEqual([0])
    clock.jump(-12 * 3_600_000)
    expect(used(daily)).toEqual([97])
  })

  it('several budgets at once: each refuses on its own', () => {
    const { clock, store, reserve } = setup()
    const both = rules({ maxBudget: 150, budgetLimits: [{ maxBudget: 100, budgetDuration: '24h' }] })
    void store.settle(reserve(both, amount(100)).id, amount(100))
    expect(reserve(both, amount(1)).answer).toMatchObject({ ok: false, refused: { rule: { window: '24h' } } })
    clock.jump(86_400_000)
    void store.settle(reserve(both, amount(50)).id, amount(50))
    expect(reserve(both, amount(1)).answer).toMatchObject({ ok: false, refused: { rule: { window: 'total' } } })
  })

  it('a budget named twice with one period holds as the smaller one and counts once', () => {
    const { store, reserve, used } = setup()
    const twice = rules({ maxBudget: 80, budgetLimits: [{ maxBudget: 60, budgetDuration: null }, { maxBudget: 70, budgetDuration: null }] })
    void store.settle(reserve(twice, amount(50)).id, amount(50))
    expect(used(twice)).toEqual([50])
    expect(reserve(twice, amount(11)).answer).toMatchObject({ ok: false, refused: { limit: 60 } })
  })

  it('a soft budget is told once a period, and again in the next', () => {
    const { clock, store, reserve } = setup()
    const soft = rules({ softBudget: 10, budgetDuration: '24h' })
    const spend = (): number => (store.settle(reserve(soft).id, amount(6)) as readonly unknown[]).length
    expect([spend(), spend(), spend()]).toEqual([0, 1, 0])
    clock.jump(86_400_000)
    expect([spend(), spend()]).toEqual([0, 1])
  })

  it('a temporary increase ends at its time', () => {
    const { clock, store, reserve } = setup()
    const raised = rules({ maxBudget: 10, tempBudgetIncrease: 5, tempBudgetExpiry: JUNE + 1000 })
    void store.settle(reserve(raised, amount(12)).id, amount(12))
    clock.jump(1000)
    expect(reserve(raised, amount(1)).answer.ok).toBe(false)
  })
})

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

describe('leases', () => {
  it('LL#27639: a reservation that nobody settled gives back what it held, and is counted', () => {
    const { clock, store, reserve } = setup({ leaseMs: 1000 })
    const tight = rules({ maxBudget: 100, maxParallelRequests: 1 })
    reserve(tight, amount(100))
    expect(reserve(tight, amount(1)).answer.ok).toBe(false)
    clock.advance(1000)
    expect(reserve(tight, amount(100)).answer.ok).toBe(true)
    expect(store.stats()).toMatchObject({ held: 1, expired: 1 })
  })

  it('a settlement after the lease still counts, once, and frees no second place', () => {
    const { clock, store, reserve, used } = setup({ leaseMs: 1000 })
    const tight = rules({ maxBudget: 100, maxParallelRequests: 1 })
    const late = reserve(tight, amount(50))
    clock.advance(1000)
    reserve(tight, amount(10))
    void store.settle(late.id, amount(40))
    void store.settle(late.id, amount(40))
    expect(used(tight)).toEqual([1, 40])
    expect(reserve(tight, amount(1)).answer.ok).toBe(false)
  })

  it('leases run on the clock that never jumps', () => {
    const { clock, store, reserve } = setup({ leaseMs: 1000 })
    reserve(rules({ maxParallelRequests: 1 }))
    clock.jump(3_600_000)
    expect(reserve(rules({ maxParallelRequests: 1 })).answer.ok).toBe(false)
    expect(store.stats().expired).toBe(0)
  })
})

describe('a clock that jumps', () => {
  it('set back over the end of a period: what was spent before and after the jump counts together', () => {
    const { clock, store, reserve, used } = setup()
    const daily = rules({ maxBudget: 100, budgetDuration: '24h' })
    void store.settle(reserve(daily, amount(60)).id, amount(60))
    clock.jump(86_400_000)
    void store.settle(reserve(daily, amount(30)).id, amount(30))
    expect(used(daily)).toEqual([30])
    clock.jump(-86_400_000)
    expect(used(daily)).toEqual([90])
  })

  it('a wobble at the end of a minute opens no window twice', () => {
    const { clock, reserve } = setup()
    const slow = rules({ rpmLimit: 2 })
    clock.jump(60_000)
    for (let i = 0; i < 2; i += 1) expect(reserve(slow).answer.ok).toBe(true)
    for (const by of [-10, 20, -15, 10]) {
      clock.jump(by)
      expect(reserve(slow).answer.ok).toBe(false)
    }
  })

  it('far back: the window moves with it, so that nobody is locked out until the clock has caught up', () => {
    const { clock, reserve } = setup()
    const slow = rules({ rpmLimit: 1 })
    expect(reserve(slow).answer.ok).toBe(true)
    clock.jump(-86_400_000)
    expect(reserve(slow).answer.ok).toBe(false)
    clock.jump(60_000)
    expect(reserve(slow).answer.ok).toBe(true)
  })
})

describe('rates', () => {
  it('tokens: the estimate is counted at once, the truth after the call, input and output apart', () => {
    const { store, reserve, used } = setup()
    const owner = { scope: 'key' as const, id: 'k', name: 'k', since: 0, limits: { ...none, tpmLimit: 100 } }
    for (const [kind, counted] of [['tokens', 30], ['input_tokens', 10], ['output_tokens', 20]] as const) {
      const limits = ownerRules(owner, kind).always
      const call = reserve(limits, amount(0, 40, 50))
      expect(reserve(limits, amount(0, 60, 60)).answer.ok).toBe(kind === 'tokens' ? false : kind === 'input_tokens')
      void store.settle(call.id, amount(0, 10, 20))
      expect(used(limits)[0]).toBe(kind === 'input_tokens' ? counted + 60 : counted)
    }
  })

  it('what a call used of an earlier minute is not counted in this one', () => {
    const { clock, store, reserve, used } = setup()
    const limits = rules({ tpmLimit: 100 })
    const call = reserve(limits, amount(0, 50))
    clock.jump(60_000)
    reserve(limits, amount(0, 10))
    void store.settle(call.id, amount(0, 5))
    expect(used(limits)[0]).toBe(10)
  })

  it('a model\'s limits count apart from the key\'s', () => {
    const { reserve } = setup()
    const owner = ownerRules({ scope: 'key', id: 'k', name: 'k', since: 0, limits: { ...none, rpmLimit: 3, modelRpmLimit: { big: 1 } } })
    const big = [...owner.always, ...owner.byModel.get('big')!]
    expect(reserve(big).answer.ok).toBe(true)
    expect(reserve(big).answer).toMatchObject({ ok: false, refused: { rule: { model: 'big' } } })
    expect([reserve(owner.always).answer.ok, reserve(owner.always).answer.ok, reserve(owner.always).answer.ok]).toEqual([true, true, false])
  })
})

describe('a restart', () => {
  it('takes up the spend that is stored, read once for calls that wait together', async () => {
    let reads = 0
    const { store, reserve, used } = setup({ spent: (rule, { start }) => {
      reads += 1
      expect([rule.owner, start]).toEqual(['k', Date.parse('2026-06-10T00:00:00Z')])
      return Promise.resolve(90)
    } })
    const daily = rules({ maxBudget: 100, budgetDuration: '24h' })
    const waiting = [0, 1, 2].map((i) => store.reserve({ id: `w${i}`, rules: daily, estimate: amount(5) }))
    expect((await Promise.all(waiting)).map(({ ok }) => ok)).toEqual([true, true, false])
    expect(reads).toBe(1)
    // Warm from now on: no promise.
    expect(reserve(daily, amount(6)).answer).toMatchObject({ ok: false, refused: { used: 90, held: 10 } })
    expect(used(daily)).toEqual([90])
  })

  it('a store of spend that is down lets nothing pass, and is asked again', async () => {
    let down = true
    const { store } = setup({ spent: () => (down ? Promise.reject(new Error('down')) : 0) })
    const budget = rules({ maxBudget: 100 })
    await expect(store.reserve({ id: 'a', rules: budget, estimate: amount(1) })).rejects.toThrow('down')
    down = false
    expect(await store.reserve({ id: 'b', rules: budget, estimate: amount(1) })).toMatchObject({ ok: true })
  })
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
