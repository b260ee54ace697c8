import type { LimitState } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { moment, named, numberOrNone, textOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import { choiceParam, textParam } from '../search-fields.ts'
import { type ManagementOptions, notFound, withBudgets } from '../service.ts'
import { scopeNames, scopes } from './explained.ts'

const limitAnswer = named('LimitState', v.object({
  limit_type: v.string(),
  model: textOrNone,
  window: textOrNone,
  limit: numberOrNone,
  soft_budget: v.optional(v.number()),
  temp_budget_increase: v.optional(v.number()),
  source: textOrNone,
  enforced: v.number(),
  settled: v.number(),
  held: v.number(),
  remaining: numberOrNone,
  period_start: moment,
  resets_at: moment,
}))

/**
 * `GET /budget/explain?scope=key&id=...`: every limit of one owner, and how it stands. `enforced` is what
 * decides: settled and held in the period; `ledger` is the sum of all that was ever written down, where
 * there is a ledger for the scope.
 */
export function explainRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { clock, spend } = options
  return [
    defineRoute({
      method: 'GET', paths: ['/budget/explain'], permission: 'limits:read', tag: 'Limits', summary: 'Every limit of one owner, and how it stands, for those who may see the owner.',
      search: v.object({ scope: choiceParam('Whose limits. Default: key.', scopeNames), id: textParam('The owner; of a member `team:user`. Absent: the caller\'s own.') }),
      answer: v.object({ scope: v.string(), id: v.string(), name: v.string(), now: moment, limits: v.array(limitAnswer), ledger: v.nullable(v.object({ spend: v.number(), requests: v.number(), failures: v.number() })) }),
      async handle({ search: { scope = 'key', id: named = '' }, principal }) {
        const { find, entity } = scopes[scope]
        const found = await find(options, principal, named)
        if (!found) throw notFound(scope)
        const { limiter } = options.gateway.settings
        const rules = limiter?.rulesOf(await withBudgets(options, found.subject)).filter((rule) => rule.scope === scope) ?? []
        const now = clock.now()
        const states = (await limiter?.store.read(rules)) ?? []
        const sum = spend && entity !== undefined && found.ledgerId !== undefined ? await spend.sum(entity, found.ledgerId) : undefined
        return { scope, id: found.id, name: rules[0]?.name ?? found.id, now: instant(now), limits: states.map((state) => explained(state, now)), ledger: sum ? { spend: toUsd(sum.costNanoUsd), requests: sum.requests, failures: sum.failures } : null }
      },
    }),
  ]
}

/** A limit in LiteLLM's words; amounts of budgets in USD. */
function explained({ rule, limit, used, held, resetsAt }: LimitState, now: number) {
  const budget = rule.counted === 'budget'
  const amount = budget ? toUsd : (value: number): number => value
  const { start } = rule.period(now)
  return {
    limit_type: budget ? 'max_budget' : rule.counted === 'parallel' ? 'max_parallel_requests' : rule.counted,
    model: rule.model ?? null,
    window: rule.window,
    // Without a limit the spend is counted all the same.
    limit: Number.isFinite(limit) ? amount(limit) : null,
    ...(rule.soft !== undefined && { soft_budget: toUsd(rule.soft) }),
    ...(limit !== rule.limit && { temp_budget_increase: toUsd(limit - rule.limit) }),
    source: Number.isFinite(rule.limit) || rule.soft !== undefined ? (rule.source ?? 'own') : null,
    enforced: amount(used + held),
    settled: amount(used),
    held: amount(held),
    remaining: Number.isFinite(limit) ? amount(Math.max(0, limit - used - held)) : null,
    period_start: start > 0 ? instant(start) : null,
    resets_at: Number.isFinite(resetsAt) ? instant(resetsAt) : null,
  }
}
