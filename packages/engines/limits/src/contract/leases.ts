import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { drive, type LimitCheck } from './bench.ts'
import { amount, limitRules } from './words.ts'

const tight = limitRules({ maxBudget: 100, maxParallelRequests: 1 })

export const leaseChecks: readonly LimitCheck[] = [
  {
    name: 'LL#27639: a reservation that nobody settled gives back what it held',
    async run(bench) {
      const { passes, held } = drive(bench.open({ leaseMs: 1000 }))
      ok(await passes(tight, amount(100)))
      strictEqual(await passes(tight, amount(1)), false)
      bench.clock.advance(1000)
      deepStrictEqual(await held(tight), [0, 0])
      ok(await passes(tight, amount(100)))
    },
  },
  {
    name: 'a settlement after the lease still counts, once, and frees no second place',
    async run(bench) {
      const { reserve, settle, used, passes } = drive(bench.open({ leaseMs: 1000 }))
      const late = await reserve(tight, amount(50))
      bench.clock.advance(1000)
      await reserve(tight, amount(10))
      await settle(late.id, amount(40))
      await settle(late.id, amount(40))
      deepStrictEqual(await used(tight), [1, 40])
      strictEqual(await passes(tight, amount(1)), false)
    },
  },
  {
    name: 'leases run on the clock that never jumps',
    async run(bench) {
      const { passes } = drive(bench.open({ leaseMs: 1000 }))
      ok(await passes(tight))
      bench.clock.jump(3_600_000)
      strictEqual(await passes(tight), false)
    },
  },
]
