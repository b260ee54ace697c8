import { type BudgetRecord, newBudget, type Stamp } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { withBody } from '../body.ts'
import { id, inert, names } from '../fields.ts'
import { limitEntries, limitsToWire, patchLimits } from '../limit-fields.ts'
import { all, change, type ManagementOptions, notFound, refusedWrite, stampOf } from '../service.ts'
import { budgetToWire } from './wire.ts'

const entries = { ...limitEntries, ...inert('budget_reset_at') }
const newBody = v.strictObject({ ...entries, budget_id: v.optional(v.nullable(id)) })
const updateBody = v.strictObject({ ...entries, budget_id: id })

/** What `/budget/settings` tells of each field. */
const settings: readonly (readonly [keyof typeof limitEntries, string, string])[] = [
  ['max_parallel_requests', 'Integer', 'Requests in flight at once.'], ['tpm_limit', 'Integer', 'Tokens a minute.'], ['rpm_limit', 'Integer', 'Requests a minute.'],
  ['budget_duration', 'String', 'After which the budget begins anew: 30d, 24h, 1mo.'], ['max_budget', 'Float', 'USD in a period; calls beyond it are refused.'],
  ['soft_budget', 'Float', 'USD in a period; reaching it is told and refuses nothing.'], ['model_max_budget', 'Object', 'Budgets of single models.'],
]

/** `/budget/*`: limits under a name. Only admins reach them. */
export function budgetRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory: { budgets }, clock } = options
  const answer = (body: unknown): QueryAnswer => ({ status: 200, body })
  const shown = (budget: BudgetRecord): object => budgetToWire(budget, clock.now())

  const create = withBody(newBody, async ({ budget_id, ...body }, { principal }) => {
    const stamp = stampOf(options, principal)
    const budget = patchBudget(newBudget(budget_id ?? crypto.randomUUID(), stamp), body, stamp)
    const written = await budgets.insert(budget)
    if (written !== 'ok') throw refusedWrite(written, 'budget')
    return answer(shown(budget))
  })

  const update = withBody(updateBody, async ({ budget_id, ...body }, { principal }) => {
    const stamp = stampOf(options, principal)
    return answer(shown(await change(budgets, budget_id, 'budget', (before) => patchBudget(before, body, stamp))))
  })

  const info = withBody(v.strictObject({ budgets: names }), async ({ budgets: named }) => {
    if (named.length === 0) throw new GatewayError('invalid_request', 'Name at least one budget in `budgets`.', { param: 'budgets' })
    const found = await Promise.all(named.map((one) => budgets.get(one)))
    return answer(found.flatMap((budget) => (budget ? [shown(budget)] : [])))
  })

  const remove = withBody(v.strictObject({ id }), async ({ id: named }) => {
    const budget = await budgets.get(named)
    if (!budget || !(await budgets.delete(named))) throw notFound('budget')
    return answer(shown(budget))
  })

  const tell = async ({ search }: Query): Promise<QueryAnswer> => {
    const budget = await budgets.get(search.get('budget_id') ?? '')
    if (!budget) throw notFound('budget')
    const values = limitsToWire(budget)
    return answer(settings.map(([field_name, field_type, field_description]) => ({ field_name, field_type, field_description, field_value: values[field_name] ?? null, stored_in_db: true, field_default_value: null })))
  }

  return [
    { kind: 'query', method: 'POST', paths: ['/budget/new'], permission: 'budgets:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/budget/update'], permission: 'budgets:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/budget/delete'], permission: 'budgets:write', answer: remove },
    { kind: 'query', method: 'POST', paths: ['/budget/info'], permission: 'budgets:read', answer: info },
    { kind: 'query', method: 'GET', paths: ['/budget/list'], permission: 'budgets:read', answer: async () => answer((await all(budgets)).map(shown)) },
    { kind: 'query', method: 'GET', paths: ['/budget/settings'], permission: 'budgets:read', answer: tell },
  ]
}

function patchBudget(before: BudgetRecord, body: Omit<v.InferOutput<typeof updateBody>, 'budget_id'>, { now, by }: Stamp): BudgetRecord {
  return { ...before, ...patchLimits(before, body), updatedAt: now, updatedBy: by }
}
