import { createMemoryDirectory, createPartyCache, newCustomer, newTag } from '@tianjillm/auth'
import type { BudgetAlert } from '@tianjillm/core'
import { createMemoryLimitStore } from '@tianjillm/limits'
import { answer, createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { stage } from '../__fixtures__/gateway.ts'
import { createLimiter, type OperatorLimits } from '../index.ts'

const reply = { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }
const stamp = { now: 0, by: 'test' }

/** A gateway that knows customers and tags, whose look-ups are noted, and a callback that hears alerts. */
async function named(operator: OperatorLimits = {}) {
  const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
  const directory = createMemoryDirectory()
  const asked: string[] = []
  const noted = <S extends { get(id: string): unknown }>(store: S): S => ({ ...store, get: (id: string) => { asked.push(id); return store.get(id) } })
  const store = createMemoryLimitStore({ clock })
  const alerts: BudgetAlert[] = []
  const made = await stage({
    deployment: { prices: { input: 1, output: 2 } },
    settings: {
      clock, limiter: createLimiter({ store, operator }),
      parties: { customers: createPartyCache({ directory, kind: 'customer', store: noted(directory.customers) }), tags: createPartyCache({ directory, kind: 'tag', store: noted(directory.tags) }) },
      callbacks: [
        { name: 'broken', hears: () => false, callback: { needs: {}, record: () => {}, alert: () => { throw new Error('no') }, flush: async () => {}, close: async () => {}, stats: () => ({ queued: 0, sent: 0, dropped: 0 }) } },
        { name: 'test', hears: () => true, callback: { needs: {}, record: () => {}, alert: (alert) => void alerts.push(alert), flush: async () => {}, close: async () => {}, stats: () => ({ queued: 0, sent: 0, dropped: 0 }) } },
      ],
    },
  })
  made.upstream.on('/chat/completions', answer.json(reply))
  return { ...made, clock, directory, asked, alerts, store, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() }
}

describe('those whom a request names', () => {
  it('are asked for once, the unknown too, and nothing is counted for these', async () => {
    await using gateway = await named()
    for (let i = 0; i < 3; i += 1) expect((await gateway.fetch({ user: 'ann', tags: ['a', 'b', 'a'] })).status).toBe(200)
    expect(gateway.asked.toSorted()).toEqual(['a', 'ann', 'b'])
    expect(gateway.store.stats().counters).toBe(0)
  })

  it('count from the call after they are made', async () => {
    await using gateway = await named()
    await gateway.fetch({ user: 'ann', tags: ['a'] })
    await gateway.directory.tags.insert({ ...newTag('a', stamp), rpmLimit: 0 })
    expect((await gateway.fetch({ user: 'ann', tags: ['a'] })).status).toBe(429)
    await gateway.directory.customers.insert({ ...newCustomer('ann', stamp), blocked: true })
    expect((await gateway.fetch({ user: 'ann' })).status).toBe(400)
    expect(gateway.upstream.requests).toHaveLength(1)
  })

  it('names that are no names are left out, long ones are cut, and there are at most 32 tags', async () => {
    await using gateway = await named()
    await gateway.fetch({ user: 'u'.repeat(1000), metadata: { tags: ['', ' ', 5, null, ...Array.from({ length: 100 }, (_, i) => `t${i}`)] } })
    expect(gateway.asked).toHaveLength(33)
    expect(gateway.asked).toContain('u'.repeat(256))
    gateway.asked.length = 0
    await gateway.fetch({ user: 7, tags: 'a', metadata: 'b' })
    expect(gateway.asked).toEqual([])
  })
})

describe('alerts', () => {
  it('a soft budget and a spent one are told once in their period, to every callback that listens', async () => {
    await using gateway = await named()
    await gateway.directory.tags.insert({ ...newTag('a', stamp), softBudget: 20, maxBudget: 2200, budgetDuration: '1d' })
    let refused = 0
    for (let i = 0; i < 12; i += 1) if ((await gateway.fetch({ tags: ['a'], max_tokens: 1000 })).status === 429) refused += 1
    expect(refused).toBeGreaterThan(1)
    const base = { scope: 'tag', owner: 'a', name: 'a', window: '1d', resetsAt: Date.parse('2026-06-11T00:00:00Z'), at: gateway.clock.now() }
    expect(gateway.alerts).toEqual([
      { ...base, event: 'soft_budget_crossed', spentNanoUsd: 20, limitNanoUsd: 20 },
      { ...base, event: 'budget_crossed', spentNanoUsd: expect.any(Number) as number, limitNanoUsd: 2200 },
    ])
    await gateway.clock.advanceAsync(24 * 3_600_000)
    await gateway.fetch({ tags: ['a'] })
    expect(gateway.alerts.map(({ event }) => event)).toEqual(['soft_budget_crossed', 'budget_crossed', 'soft_budget_crossed'])
  })

  it('a call that waits for others is no budget that was reached', async () => {
    await using gateway = await named({ proxy: { maxBudget: 2500, budgetDuration: null } })
    const release = Promise.withResolvers<void>()
    gateway.upstream.reset().on('/chat/completions', async (response, call) => { await release.promise; await answer.json(reply)(response, call) })
    const first = gateway.fetch({})
    await expect.poll(() => gateway.upstream.requests.length).toBe(1)
    expect((await gateway.fetch({})).status).toBe(429)
    release.resolve()
    expect((await first).status).toBe(200)
    expect(gateway.alerts).toEqual([])
  })
})
