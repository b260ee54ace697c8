import { describe, expect, it } from 'vitest'
import { type LimitLayer, type OwnerLimits, ownerRules } from './index.ts'

const none: OwnerLimits = {
  maxBudget: null, softBudget: null, budgetDuration: null, budgetLimits: [], rpmLimit: null, tpmLimit: null, maxParallelRequests: null,
  modelRpmLimit: {}, modelTpmLimit: {}, modelMaxBudget: {}, tempBudgetIncrease: null, tempBudgetExpiry: null,
}

/** The rules of an owner in short: what, how much, in which window, by whose word. */
function rules(limits: Partial<OwnerLimits>, layers: readonly LimitLayer[], more: { countsOnly?: boolean } = {}): unknown[] {
  const { always, byModel } = ownerRules({ scope: 'team', id: 't', name: 't', since: 0, limits: { ...none, ...limits }, layers, ...more })
  return [...always, ...[...byModel.values()].flat()].map(({ counted, limit, window, source, model }) => [counted, limit, window, source, ...(model === undefined ? [] : [model])])
}

describe('limits in layers', () => {
  const budget: LimitLayer = { source: 'budget b', limits: { ...none, maxBudget: 5, budgetDuration: '30d', rpmLimit: 3, modelMaxBudget: { gpt: { maxBudget: 1, budgetDuration: '1d' } } } }
  const fallback: LimitLayer = { source: 'default', limits: { maxBudget: 9, tpmLimit: 8 } }

  it('the first layer that says something holds, for each field', () => {
    expect(rules({ rpmLimit: 0 }, [budget, fallback])).toEqual([['requests', 0, '1m', 'own'], ['tokens', 8, '1m', 'default'], ['budget', 5, '30d', 'budget b'], ['budget', 1, '1d', 'budget b', 'gpt']])
  })

  it('a budget keeps its own duration: an own one without never resets, and an own duration goes with a budget from behind', () => {
    expect(rules({ maxBudget: 1 }, [budget])).toContainEqual(['budget', 1, 'total', 'own'])
    expect(rules({ budgetDuration: '7d' }, [budget])).toContainEqual(['budget', 5, '7d', 'budget b'])
    expect(rules({}, [fallback, budget])).toContainEqual(['budget', 9, 'total', 'default'])
  })

  it('without layers everything is its own word', () => {
    expect(rules({ maxBudget: 1, budgetLimits: [{ maxBudget: 2, budgetDuration: '1d' }] }, [])).toEqual([['budget', 1, 'total', 'own'], ['budget', 2, '1d', 'own']])
  })

  it('who only counts is refused nothing for its cost, and its rates hold', () => {
    expect(rules({ maxBudget: 1, rpmLimit: 2, budgetLimits: [{ maxBudget: 2, budgetDuration: '1d' }], modelMaxBudget: { gpt: { maxBudget: 1, budgetDuration: null } } }, [], { countsOnly: true })).toEqual([
      ['requests', 2, '1m', 'own'], ['budget', Number.POSITIVE_INFINITY, 'total', 'own'], ['budget', Number.POSITIVE_INFINITY, '1d', 'own'], ['budget', Number.POSITIVE_INFINITY, 'total', 'own', 'gpt'],
    ])
  })
})
