import { deepStrictEqual, ok, partialDeepStrictEqual, rejects, strictEqual } from 'node:assert'
import { drive, type LimitCheck } from './bench.ts'
import { amount, limitRules } from './words.ts'

export const budgetChecks: readonly LimitCheck[] = [
  {
    name: 'a call is refused when what is spent, held and asked for is more than the budget',
    async run(bench) {
      const { reserve, settle, passes } = drive(bench.open())
      const budget = limitRules({ maxBudget: 100 })
      const first = await reserve(budget, amount(60))
      ok(first.answer.ok)
      partialDeepStrictEqual((await reserve(budget, amount(41))).answer, { ok: false, refused: { used: 0, held: 60, limit: 100 } })
      await settle(first.id, amount(10))
      ok(await passes(budget, amount(41)))
    },
  },
  {
    name: '0 is zero: nothing passes, not even a call for nothing',
    async run(bench) {
      strictEqual(await drive(bench.open()).passes(limitRules({ maxBudget: 0 })), false)
    },
  },
  {
    name: 'a refused call counts nowhere, whichever rule refused it',
    async run(bench) {
      const { passes, used, held } = drive(bench.open())
      const all = limitRules({ rpmLimit: 5, tpmLimit: 1000, maxParallelRequests: 5, maxBudget: 10 })
      strictEqual(await passes(all, amount(11, 10)), false)
      deepStrictEqual([await used(all), await held(all)], [[0, 0, 0, 0], [0, 0, 0, 0]])
    },
  },
  {
    name: 'an answer tells every rule with the call counted, in the order of the rules',
    async run(bench) {
      const { reserve } = drive(bench.open())
      const all = limitRules({ rpmLimit: 5, tpmLimit: 1000, maxParallelRequests: 5, maxBudget: 50 })
      const { answer } = await reserve(all, amount(20, 30, 4))
      ok(answer.ok)
      deepStrictEqual(answer.states.map(({ rule, used, held, limit }) => [rule.counted, used, held, limit]), [['parallel', 1, 0, 5], ['requests', 1, 0, 5], ['tokens', 34, 0, 1000], ['budget', 0, 20, 50]])
      deepStrictEqual(answer.states.map(({ resetsAt }) => resetsAt), [Number.POSITIVE_INFINITY, bench.clock.now() + 60_000, bench.clock.now() + 60_000, Number.POSITIVE_INFINITY])
    },
  },
  {
    name: 'LL#30039, LL#35569: a settlement that comes twice counts once, and an unknown one not at all',
    async run(bench) {
      const { reserve, settle, used, passes } = drive(bench.open())
      const budget = limitRules({ maxBudget: 100 })
      const { id } = await reserve(budget, amount(50))
      await Promise.all([0, 1, 2].map(() => settle(id, amount(20))))
      await settle('never', amount(99))
      deepStrictEqual(await used(budget), [20])
      ok(await passes(budget, amount(80)))
    },
  },
  {
    name: 'an id is good for one reservation at a time',
    async run(bench) {
      const store = bench.open()
      const reservation = { id: 'same', rules: limitRules({ maxBudget: 100 }), estimate: amount(60) }
      await store.reserve(reservation)
      await rejects(async () => store.reserve(reservation), /same/)
    },
  },
  {
    name: 'LL#24675, LL#40940: a period begins by itself, calls in flight across it stay held, and are charged once to the period that admitted them',
    async run(bench) {
      const { reserve, settle, spend, passes, used, held } = drive(bench.open())
      const daily = limitRules({ maxBudget: 100, budgetDuration: '24h' })
      await spend(daily, amount(90))
      const across = await reserve(daily, amount(10))
      strictEqual(await passes(daily, amount(1)), false)
      bench.clock.jump(12 * 3_600_000)
      deepStrictEqual(await used(daily), [0])
      partialDeepStrictEqual((await reserve(daily, amount(95))).answer, { ok: false, refused: { held: 10 } })
      await settle(across.id, amount(7))
      deepStrictEqual([await used(daily), await held(daily)], [[0], [0]])
      bench.clock.jump(-12 * 3_600_000)
      deepStrictEqual(await used(daily), [97])
    },
  },
  {
    name: 'several budgets at once: each refuses on its own',
    async run(bench) {
      const { spend, reserve } = drive(bench.open())
      const both = limitRules({ maxBudget: 150, budgetLimits: [{ maxBudget: 100, budgetDuration: '24h' }] })
      await spend(both, amount(100), amount(100))
      partialDeepStrictEqual((await reserve(both, amount(1))).answer, { ok: false, refused: { rule: { window: '24h' } } })
      bench.clock.jump(86_400_000)
      await spend(both, amount(50), amount(50))
      partialDeepStrictEqual((await reserve(both, amount(1))).answer, { ok: false, refused: { rule: { window: 'total' } } })
    },
  },
  {
    name: 'calendar periods: a month ends with the month, and says when',
    async run(bench) {
      const { spend, reserve, passes } = drive(bench.open())
      const monthly = limitRules({ maxBudget: 100, budgetDuration: '30d' })
      await spend(monthly, amount(100))
      partialDeepStrictEqual((await reserve(monthly, amount(1))).answer, { ok: false, refused: { resetsAt: Date.UTC(2026, 6, 1) } })
      bench.clock.jump(Date.UTC(2026, 6, 1) - 1 - bench.clock.now())
      strictEqual(await passes(monthly, amount(1)), false)
      bench.clock.jump(1)
      ok(await passes(monthly, amount(1)))
    },
  },
  {
    name: 'a budget named twice with one period holds as the smaller one and counts once',
    async run(bench) {
      const { spend, reserve, used } = drive(bench.open())
      const twice = limitRules({ maxBudget: 80, budgetLimits: [{ maxBudget: 60, budgetDuration: null }, { maxBudget: 70, budgetDuration: null }] })
      await spend(twice, amount(50))
      deepStrictEqual(await used(twice), [50])
      partialDeepStrictEqual((await reserve(twice, amount(11))).answer, { ok: false, refused: { limit: 60 } })
    },
  },
  {
    name: 'a soft budget is told once a period over all replicas, and again in the next',
    async run(bench) {
      const replicas = [drive(bench.open()), drive(bench.open())]
      const soft = limitRules({ softBudget: 10, budgetDuration: '24h' })
      const told = async (): Promise<number[]> => {
        const counts: number[] = []
        for (let i = 0; i < 4; i += 1) counts.push((await replicas[i % 2]!.spend(soft, amount(6))).length)
        return counts
      }
      deepStrictEqual(await told(), [0, 1, 0, 0])
      bench.clock.jump(86_400_000)
      deepStrictEqual(await told(), [0, 1, 0, 0])
    },
  },
  {
    name: 'a temporary increase ends at its time',
    async run(bench) {
      const { spend, passes } = drive(bench.open())
      const raised = limitRules({ maxBudget: 10, tempBudgetIncrease: 5, tempBudgetExpiry: bench.clock.now() + 1000 })
      await spend(raised, amount(12), amount(14))
      ok(await passes(raised, amount(1)))
      bench.clock.jump(1000)
      strictEqual(await passes(raised), false)
    },
  },
  {
    name: 'LL#34732: 500 calls at once over three replicas on a budget for 20 pass 20 times',
    async run(bench) {
      const replicas = [0, 1, 2].map(() => drive(bench.open()))
      const budget = limitRules({ maxBudget: 20_000 })
      const calls = await Promise.all(Array.from({ length: 500 }, (_, i) => replicas[i % 3]!.reserve(budget, amount(1000))))
      strictEqual(calls.filter(({ answer }) => answer.ok).length, 20)
      await Promise.all(calls.map(({ id }, i) => replicas[i % 3]!.settle(id, amount(999))))
      deepStrictEqual([await replicas[1]!.used(budget), await replicas[1]!.held(budget)], [[20 * 999], [0]])
    },
  },
]
