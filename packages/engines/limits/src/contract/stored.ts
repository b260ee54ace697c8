import { deepStrictEqual, ok, partialDeepStrictEqual, rejects, strictEqual } from 'node:assert'
import { drive, type LimitCheck } from './bench.ts'
import { amount, limitRules } from './words.ts'

export const storedChecks: readonly LimitCheck[] = [
  {
    name: 'takes up the spend that is stored, read once for calls that wait together',
    async run(bench) {
      let reads = 0
      const store = bench.open({ spent: (rule, { start }) => {
        reads += 1
        deepStrictEqual([rule.owner, start], ['k', Date.UTC(2026, 5, 10)])
        return Promise.resolve(90)
      } })
      const { reserve, used } = drive(store)
      const daily = limitRules({ maxBudget: 100, budgetDuration: '24h' })
      const waiting = await Promise.all([0, 1, 2].map(() => reserve(daily, amount(5))))
      deepStrictEqual(waiting.map(({ answer }) => answer.ok).toSorted(), [false, true, true])
      strictEqual(reads, 1)
      partialDeepStrictEqual((await reserve(daily, amount(6))).answer, { ok: false, refused: { used: 90, held: 10 } })
      deepStrictEqual(await used(daily), [90])
      strictEqual(reads, 1)
    },
  },
  {
    name: 'a budget that nobody used yet reads as what is stored',
    async run(bench) {
      const { used, passes } = drive(bench.open({ spent: () => Promise.resolve(99) }))
      const budget = limitRules({ maxBudget: 100 })
      deepStrictEqual(await used(budget), [99])
      strictEqual(await passes(budget, amount(2)), false)
    },
  },
  {
    name: 'a ledger that is down lets nothing pass, and is asked again',
    async run(bench) {
      let down = true
      const { store, passes } = drive(bench.open({ spent: () => (down ? Promise.reject(new Error('down')) : 0) }))
      const budget = limitRules({ maxBudget: 100 })
      await rejects(async () => store.reserve({ id: 'a', rules: budget, estimate: amount(1) }), /down/)
      down = false
      ok(await passes(budget, amount(1)))
    },
  },
]
