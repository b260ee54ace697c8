import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { drive, type LimitCheck } from './bench.ts'
import { amount, limitRules } from './words.ts'

export const clockChecks: readonly LimitCheck[] = [
  {
    name: 'a clock set back over the end of a period: what was spent before and after the jump counts together',
    async run(bench) {
      const { spend, used } = drive(bench.open())
      const daily = limitRules({ maxBudget: 100, budgetDuration: '24h' })
      await spend(daily, amount(60))
      bench.clock.jump(86_400_000)
      await spend(daily, amount(30))
      deepStrictEqual(await used(daily), [30])
      bench.clock.jump(-86_400_000)
      deepStrictEqual(await used(daily), [90])
    },
  },
  {
    name: 'a clock that goes to and fro over the end of a period, as those of two replicas do, gives nothing twice',
    async run(bench) {
      const { passes, spend, used } = drive(bench.open())
      const both = limitRules({ rpmLimit: 2, maxBudget: 100, budgetDuration: '24h' })
      await spend(both, amount(50))
      bench.clock.jump(86_400_000)
      await spend(both, amount(30))
      ok(await passes(both, amount(10)))
      for (const by of [-86_400_000, 86_400_000, -86_400_000, 86_400_000]) {
        bench.clock.jump(by)
        strictEqual(await passes(both, amount(1)), false)
      }
      deepStrictEqual((await used(both))[1], 80)
      bench.clock.jump(86_400_000)
      deepStrictEqual(await used(both), [0, 0])
    },
  },
  {
    name: 'a wobble at the end of a minute opens no window twice',
    async run(bench) {
      const { passes } = drive(bench.open())
      const slow = limitRules({ rpmLimit: 2 })
      bench.clock.jump(60_000)
      for (let i = 0; i < 2; i += 1) ok(await passes(slow))
      for (const by of [-10, 20, -15, 10]) {
        bench.clock.jump(by)
        strictEqual(await passes(slow), false)
      }
    },
  },
  {
    name: 'far back: the window moves with the clock, so that nobody is locked out until it has caught up',
    async run(bench) {
      const { passes } = drive(bench.open())
      const slow = limitRules({ rpmLimit: 1 })
      ok(await passes(slow))
      bench.clock.jump(-86_400_000)
      strictEqual(await passes(slow), false)
      bench.clock.jump(60_000)
      ok(await passes(slow))
    },
  },
]
