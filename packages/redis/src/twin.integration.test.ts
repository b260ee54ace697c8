import { createMemoryLimitStore, type LimitRule, type LimitState, type Reserved } from '@tianjillm/limits'
import { amount, limitRules } from '@tianjillm/limits/contract'
import { createFakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { createRedisLimitStore } from './index.ts'
import { connected, testRedis } from './test/redis.ts'

const redis = await testRedis()
afterAll(() => redis.close())

const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reserve' as const), by: fc.nat(60), which: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), by: fc.nat(60), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), by: fc.nat(40_000), which: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), by: fc.integer({ min: -90_000_000, max: 90_000_000 }), which: fc.constant(0) }) },
)
const plain = ({ rule: { id }, limit, used, held, resetsAt }: LimitState): object => ({ id, limit, used, held, resetsAt })
const answerOf = (answer: Reserved): unknown => (answer.ok ? answer.states.map(plain) : plain(answer.refused))

it('answers as the store in memory does, whatever reserves, settles, expires and jumps, on any replica', async () => {
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
    const id = crypto.randomUUID()
    const owners: readonly (readonly LimitRule[])[] = [
      limitRules({ maxBudget: 300, softBudget: 100, budgetDuration: '24h', rpmLimit: 6, maxParallelRequests: 3 }, `${id}-a`),
      limitRules({ maxBudget: 200, budgetLimits: [{ maxBudget: 90, budgetDuration: '1h' }], tpmLimit: 150 }, `${id}-b`),
      limitRules({ tpmLimit: 100, maxBudget: 1000 }, `${id}-c`, 'output_tokens'),
    ]
    const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
    const memory = createMemoryLimitStore({ clock, leaseMs: 30_000 })
    const connections = [redis.connect(), redis.connect()]
    await Promise.all(connections.map(connected))
    const replicas = connections.map((connection) => createRedisLimitStore({ redis: connection, clock, log: redis.log, leaseMs: 30_000, replicaLeaseMs: 100 * 86_400_000 }))
    await Promise.all(replicas.map((store) => store.ready(1)))
    // Memory makes a count when it is read, Redis when it is used: use all of them.
    for (const [i, rules] of owners.entries()) {
      const first = { id: `${id}-first-${i}`, rules, estimate: amount(0) }
      await Promise.all([memory.reserve(first), replicas[0]!.reserve(first)])
      await Promise.all([memory.settle(first.id, amount(0)), replicas[0]!.settle(first.id, amount(0))])
    }
    const answers: [unknown, unknown][] = []
    const open: { id: string; of: number }[] = []
    for (const [n, { do: what, by, which }] of actions.entries()) {
      if (what === 'wait') clock.advance(by)
      else if (what === 'jump') clock.jump(by)
      else if (what === 'reserve') {
        const reservation = { id: `${id}-${n}`, rules: owners[which]!, estimate: amount(by, by, by % 7) }
        const [mine, theirs] = [await memory.reserve(reservation), await replicas[n % 2]!.reserve(reservation)]
        answers.push([answerOf(theirs), answerOf(mine)])
        if (mine.ok) open.push({ id: reservation.id, of: n % 2 })
      } else if (open.length > 0) {
        const [call] = open.splice(which % open.length, 1) as [{ id: string; of: number }]
        const crossings = [await memory.settle(call.id, amount(by, 3, by)), await replicas[call.of]!.settle(call.id, amount(by, 3, by))]
        answers.push(crossings.map((told) => told.map(({ rule, spent }) => [rule.id, spent])) as [unknown, unknown])
      }
      for (const rules of owners) {
        // A lease ends where its replica looks: both look.
        await replicas[n % 2]!.read(rules)
        answers.push([(await replicas[(n + 1) % 2]!.read(rules)).map(plain), (await memory.read(rules)).map(plain)])
      }
      for (const [theirs, mine] of answers.splice(0)) expect(theirs).toEqual(mine)
    }
    await Promise.all(replicas.map((store) => store.close(AbortSignal.timeout(1000))))
    connections.forEach((each) => each.close())
    await redis.clear()
  }), { numRuns: 40 })
}, 60_000)
