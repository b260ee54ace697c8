import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import type { LimitState } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'
import { instant } from '../fields.ts'
import { type ManagementOptions, notFound, withBudgets } from '../service.ts'
import { scopes } from './explained.ts'

/**
 * `GET /budget/explain?scope=key&id=...`: every limit of one owner, and how it stands. `enforced` is what
 * decides: settled and held in the period; `ledger` is the sum of all that was ever written down, where
 * there is a ledger for the scope.
 */
export function explainRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { clock, spend } = options
  const explain = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const scope = search.get('scope') ?? 'key'
    const row = scopes.find((one) => one.scope === scope)
    if (!row) throw new GatewayError('invalid_request', `\`scope\` must be one of ${scopes.map((one) => one.scope).join(', ')}.`, { param: 'scope' })
    const named = search.get('id') ?? ''
    const found = await row.find(options, principal, named)
    if (!found) throw notFound(scope)
    const { limiter } = options.gateway.settings
    const rules = limiter?.rulesOf(await withBudgets(options, found.subject)).filter((rule) => rule.scope === scope) ?? []
    const now = clock.now()
    const states = (await limiter?.store.read(rules)) ?? []
    const entity = row.entity
    const sum = spend && entity !== undefined && found.ledgerId !== undefined ? await spend.sum(entity, found.ledgerId) : undefined
    return {
      status: 200,
      body: { scope, id: found.id, name: rules[0]?.name ?? found.id, now: instant(now), limits: states.map((state) => explained(state, now)), ledger: sum ? { spend: toUsd(sum.costNanoUsd), requests: sum.requests, failures: sum.failures } : null },
    }
  }
  return [{ kind: 'query', method: 'GET', paths: ['/budget/explain'], permission: 'limits:read', answer: explain }]
}

/** A limit in LiteLLM's words; amounts of budgets in USD. */
function explained({ rule, limit, used, held, resetsAt }: LimitState, now: number): object {
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
