import { type LimitFields, newCustomer, newOrganization, newTag, newTeam, newUser, noLimits, noMemberLimits, type Party, type Principal, type TagRecord, type TeamRecord } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { createMemoryLimitStore, type Reserved } from '@tianjillm/limits'
import { createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { createLimiter } from '../index.ts'

const stamp = { now: 0, by: 'test' }
const DAY = 24 * 3_600_000
const nobody = { tenant: 't', role: 'internal_user', facts: {} } as const

/** A caller with everybody that can have limits, and those whom its call names. */
function everybody(limits: Readonly<Partial<Record<string, Partial<LimitFields>>>>): { principal: Principal; parties: readonly Party<unknown>[] } {
  const member = { userId: 'u', role: 'user' as const, ...noMemberLimits, maxBudget: limits['member']?.maxBudget ?? null, budgetDuration: limits['member']?.budgetDuration ?? null }
  const team: TeamRecord = { ...newTeam('t', stamp), members: [member], ...limits['team'] }
  return {
    principal: {
      ...nobody, key: keyRecord({ ...limits['key'], userId: 'u', teamId: 't', createdAt: 0 }), team, user: { ...newUser('u', stamp), ...limits['user'] }, organization: { ...newOrganization('o', stamp), ...limits['organization'] },
    },
    parties: [
      { kind: 'customer', id: 'c', record: { ...newCustomer('c', stamp), ...limits['end_user'] }, budget: undefined },
      { kind: 'tag', id: 'x', record: { ...newTag('x', stamp), ...limits['tag'] }, budget: undefined },
    ],
  }
}

const scopes = ['key', 'team', 'member', 'organization', 'end_user', 'tag'] as const
const pairs = scopes.flatMap((a) => scopes.filter((b) => b !== a).map((b) => [a, b] as const))

describe('rules of a call', () => {
  it.each(pairs)('LL#32245: a budget of the %s begins anew at its own time, also beside one of the %s', (daily, monthly) => {
    const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
    const store = createMemoryLimitStore({ clock })
    const { principal, parties } = everybody({ [daily]: { maxBudget: 100, budgetDuration: '1d' }, [monthly]: { maxBudget: 250, budgetDuration: '30d' } })
    const { rules, hardBudget } = createLimiter({ store }).rulesFor(principal, parties, 'gpt')
    expect(hardBudget).toBe(true)
    let n = 0
    const spend = (): Reserved => {
      const id = `r${(n += 1)}`
      const reserved = store.reserve({ id, rules, estimate: { nanoUsd: 100, inputTokens: 0, outputTokens: 0 } }) as Reserved
      if (reserved.ok) void store.settle(id, { nanoUsd: 100, inputTokens: 0, outputTokens: 0 })
      return reserved
    }
    expect([spend().ok, spend()]).toMatchObject([true, { ok: false, refused: { rule: { scope: daily, window: '1d' } } }])
    clock.advance(DAY)
    expect(spend().ok).toBe(true)
    clock.advance(DAY)
    expect(spend()).toMatchObject({ ok: false, refused: { rule: { scope: monthly, window: '30d' } } })
    clock.advance(Date.parse('2026-07-01T00:00:00Z') - clock.now())
    expect(spend().ok).toBe(true)
  })

  it('are compiled once for a caller, and once for each that its calls name', () => {
    const limiter = createLimiter({ store: createMemoryLimitStore({ clock: createFakeClock(0) }) })
    const { principal, parties } = everybody({ key: { modelRpmLimit: { gpt: 1 } } })
    expect(limiter.rulesFor(principal, [], 'gpt')).toBe(limiter.rulesFor(principal, [], 'gpt'))
    expect(limiter.rulesFor(principal, [], 'other')).toBe(limiter.rulesFor(principal, [], 'other'))
    expect(limiter.rulesFor(principal, parties, 'gpt').rules[0]).toBe(limiter.rulesFor(principal, parties, 'gpt').rules[0])
    expect(limiter.rulesFor(principal, parties, 'gpt').rules.map(({ scope }) => scope)).toEqual(['key', 'team', 'user', 'member', 'organization', 'key', 'end_user', 'tag'])
  })

  it('of the operator need no price of a model; those of anybody else do', () => {
    const store = createMemoryLimitStore({ clock: createFakeClock(0) })
    const limiter = createLimiter({ store, operator: { proxy: { maxBudget: 5, budgetDuration: null }, providers: new Map([['openai', { maxBudget: 1, budgetDuration: null }]]) } })
    const { principal } = everybody({})
    expect(limiter.rulesFor(undefined, [], 'gpt')).toMatchObject({ hardBudget: true, needsPrice: false })
    expect(limiter.rulesFor(principal, [], 'gpt')).toMatchObject({ hardBudget: true, needsPrice: false })
    expect(limiter.rulesFor(everybody({ key: { ...noLimits, maxBudget: 1 } }).principal, [], 'gpt')).toMatchObject({ needsPrice: true })
    const deployment = { id: 'd', modelName: 'gpt', providerName: 'openai' }
    expect([limiter.rulesOfDeployment(deployment), limiter.rulesOfDeployment({ ...deployment, providerName: 'azure' })]).toMatchObject([{ hardBudget: true, needsPrice: false }, undefined])
  })

  it('of a deployment are its own and its provider\'s, compiled once', () => {
    const limiter = createLimiter({ store: createMemoryLimitStore({ clock: createFakeClock(0) }), operator: { providers: new Map([['openai', { maxBudget: 1, budgetDuration: '1d' }]]) } })
    const deployment = { id: 'd', modelName: 'gpt', providerName: 'openai', budget: { maxBudget: 2, budgetDuration: '7d' } }
    const set = limiter.rulesOfDeployment(deployment)!
    expect(set.rules.map(({ scope, owner, limit, window }) => [scope, owner, limit, window])).toEqual([['provider', 'openai', 1, '1d'], ['deployment', 'd', 2, '7d']])
    expect(set).toMatchObject({ hardBudget: true, needsPrice: false })
    expect(limiter.rulesOfDeployment({ ...deployment })).toBe(set)
    expect(limiter.rulesOfDeployment({ ...deployment, id: 'e' })!.rules.map(({ owner }) => owner)).toEqual(['openai', 'e'])
  })

  it('of a tag hold beside those that the operator set for it', () => {
    const limiter = createLimiter({ store: createMemoryLimitStore({ clock: createFakeClock(0) }), operator: { tags: new Map([['blue', { maxBudget: 5, budgetDuration: '1d' }]]) } })
    const rulesOf = (record: Partial<TagRecord> | undefined): unknown[] => limiter.rulesOf({ tag: { kind: 'tag', id: 'blue', record: record && { ...noLimits, id: 'blue', createdAt: 0, budgetId: null, ...record } as TagRecord, budget: undefined } }).map(({ limit, window, source }) => [limit, window, source])
    expect(rulesOf(undefined)).toEqual([[5, '1d', 'tag_budget_config']])
    expect(rulesOf({ maxBudget: 3, budgetDuration: '7d' })).toEqual([[3, '7d', expect.anything()], [5, '1d', expect.anything()]])
    expect(rulesOf({ maxBudget: 9, budgetDuration: '1d' })).toEqual([[5, '1d', expect.anything()]])
    expect(limiter.rulesOf({ tag: { kind: 'tag', id: 'red', record: undefined, budget: undefined } })).toEqual([])
  })
})
