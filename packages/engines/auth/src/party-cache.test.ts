import { describe, expect, it } from 'vitest'
import { createMemoryDirectory, createPartyCache, type CustomerRecord, newBudget, newCustomer } from './index.ts'

const stamp = { now: 0, by: 'test' }

/** A cache whose look-ups are counted, and can be held up. */
function setup(options: { most?: number; defaultBudgetId?: string } = {}) {
  const directory = createMemoryDirectory()
  const asked: string[] = []
  let gate: Promise<void> | undefined
  const store = { ...directory.customers, get: async (id: string) => { asked.push(id); const found = await directory.customers.get(id); await gate; return found } }
  const cache = createPartyCache<CustomerRecord>({ directory, kind: 'customer', store, ...options })
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    return () => { gate = undefined; resolve() }
  }
  return { directory, cache, asked, hold }
}

describe('createPartyCache', () => {
  it('asks once for a known and for an unknown id, however many wait, and then answers without a promise', async () => {
    const { directory, cache, asked } = setup()
    await directory.customers.insert({ ...newCustomer('ann', stamp), blocked: true })
    const answers = await Promise.all([cache.get('ann'), cache.get('ann'), cache.get('nobody')])
    expect(answers.map(({ record }) => record?.blocked)).toEqual([true, true, undefined])
    for (const id of ['ann', 'nobody']) expect(cache.get(id)).not.toBeInstanceOf(Promise)
    expect(cache.get('ann')).toBe(answers[0])
    expect(asked).toEqual(['ann', 'nobody'])
  })

  it('a record that is made, changed or deleted counts for the next look, others stay warm', async () => {
    const { directory, cache, asked } = setup()
    for (const id of ['ann', 'bob']) await cache.get(id)
    await directory.customers.insert(newCustomer('ann', stamp))
    expect((await cache.get('ann')).record?.blocked).toBe(false)
    await directory.customers.update({ ...newCustomer('ann', stamp), blocked: true, version: 2 })
    expect((await cache.get('ann')).record?.blocked).toBe(true)
    await directory.customers.delete('ann')
    expect((await cache.get('ann')).record).toBeUndefined()
    await cache.get('bob')
    expect(asked.filter((id) => id === 'bob')).toHaveLength(1)
  })

  it('the budget object comes along, its own before the default, and changes with it', async () => {
    const { directory, cache } = setup({ defaultBudgetId: 'default' })
    await directory.customers.insert({ ...newCustomer('ann', stamp), budgetId: 'gold' })
    expect(await Promise.all(['ann', 'bob'].map((id) => cache.get(id)))).toMatchObject([{ budget: undefined }, { budget: undefined }])
    for (const id of ['gold', 'default']) await directory.budgets.insert(newBudget(id, stamp))
    expect(await Promise.all(['ann', 'bob'].map((id) => cache.get(id)))).toMatchObject([{ budget: { id: 'gold' } }, { budget: { id: 'default' } }])
    await directory.budgets.delete('default')
    expect(cache.get('ann')).not.toBeInstanceOf(Promise)
    expect((await cache.get('bob')).budget).toBeUndefined()
  })

  it('what was read before a change is not kept', async () => {
    const { directory, cache, hold } = setup()
    const release = hold()
    const early = cache.get('ann')
    await directory.customers.insert(newCustomer('ann', stamp))
    release()
    expect((await early).record).toBeUndefined()
    expect((await cache.get('ann')).record?.id).toBe('ann')
  })

  it('keeps no more than it may', async () => {
    const { cache, asked } = setup({ most: 2 })
    for (const id of ['a', 'b', 'c', 'c', 'b', 'a']) await cache.get(id)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })
})
