import { deepStrictEqual, ok, partialDeepStrictEqual, strictEqual } from 'node:assert'
import { ownerRules } from '../owner-rules.ts'
import { drive, type LimitCheck } from './bench.ts'
import { amount, limitRules, limitsOf } from './words.ts'

export const rateChecks: readonly LimitCheck[] = [
  {
    name: 'tokens: the estimate is counted at once, the truth after the call, input and output apart',
    async run(bench) {
      const { reserve, settle, passes, used } = drive(bench.open())
      for (const [kind, counted] of [['tokens', 30], ['input_tokens', 10], ['output_tokens', 20]] as const) {
        const limits = limitRules({ tpmLimit: 100 }, 'k', kind)
        const call = await reserve(limits, amount(0, 40, 50))
        strictEqual(await passes(limits, amount(0, 60, 60)), kind === 'input_tokens')
        await settle(call.id, amount(0, 10, 20))
        strictEqual((await used(limits))[0], kind === 'input_tokens' ? counted + 60 : counted)
      }
    },
  },
  {
    name: 'what a call used of an earlier minute is not counted in this one',
    async run(bench) {
      const { reserve, settle, used } = drive(bench.open())
      const limits = limitRules({ tpmLimit: 100 })
      const call = await reserve(limits, amount(0, 50))
      bench.clock.jump(60_000)
      await reserve(limits, amount(0, 10))
      await settle(call.id, amount(0, 5))
      strictEqual((await used(limits))[0], 10)
    },
  },
  {
    name: 'a model\'s limits count apart from the key\'s',
    async run(bench) {
      const { reserve, passes } = drive(bench.open())
      const owner = ownerRules({ scope: 'key', id: 'k', name: 'k', since: 0, limits: limitsOf({ rpmLimit: 3, modelRpmLimit: { big: 1 } }) })
      const big = [...owner.always, ...owner.byModel.get('big')!]
      ok(await passes(big))
      partialDeepStrictEqual((await reserve(big)).answer, { ok: false, refused: { rule: { model: 'big' } } })
      deepStrictEqual([await passes(owner.always), await passes(owner.always), await passes(owner.always)], [true, true, false])
    },
  },
  {
    name: 'LL#27736: requests and calls in flight are counted over all replicas',
    async run(bench) {
      const [one, two] = [drive(bench.open()), drive(bench.open())]
      const limits = limitRules({ rpmLimit: 3, maxParallelRequests: 2 })
      const first = await one.reserve(limits)
      ok(await two.passes(limits))
      partialDeepStrictEqual((await one.reserve(limits)).answer, { ok: false, refused: { rule: { counted: 'parallel' }, used: 2 } })
      await one.settle(first.id, amount(0))
      ok(await two.passes(limits))
      deepStrictEqual(await one.used(limits), [2, 3, 0])
    },
  },
  {
    name: 'an owner without limits is never refused',
    async run(bench) {
      const { passes } = drive(bench.open())
      for (let i = 0; i < 5; i += 1) ok(await passes(limitRules({}), amount(1e15, 1e9, 1e9)))
      ok(await passes([], amount(1)))
    },
  },
]
