import { type BudgetRecord, newBudget } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, inert, names } from '../fields.ts'
import { limitEntries, limitsToWire, patchLimits } from '../limit-fields.ts'
import { textParam } from '../search-fields.ts'
import { all, authorOf, change, type ManagementOptions, notFound, refusedWrite } from '../service.ts'
import { budgetAnswer, budgetToWire } from './wire.ts'

const entries = { ...limitEntries, ...inert('budget_reset_at') }
const newBody = v.strictObject({ ...entries, budget_id: v.optional(v.nullable(id)) })
const updateBody = v.strictObject({ ...entries, budget_id: id })

/** What `/budget/settings` tells of each field. */
const settings: readonly (readonly [keyof typeof limitEntries, string, string])[] = [
  ['max_parallel_requests', 'Integer', 'Requests in flight at once.'], ['tpm_limit', 'Integer', 'Tokens a minute.'], ['rpm_limit', 'Integer', 'Requests a minute.'],
  ['budget_duration', 'String', 'After which the budget begins anew: 30d, 24h, 1mo.'], ['max_budget', 'Float', 'USD in a period; calls beyond it are refused.'],
  ['soft_budget', 'Float', 'USD in a period; reaching it is told and refuses nothing.'], ['model_max_budget', 'Object', 'Budgets of single models.'],
]
const settingAnswer = v.object({ field_name: v.string(), field_type: v.string(), field_description: v.string(), field_value: v.unknown(), stored_in_db: v.boolean(), field_default_value: v.null() })

/** `/budget/*`: limits under a name. Only admins reach them. */
export function budgetRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory: { budgets }, clock } = options
  const writes = { method: 'POST', permission: 'budgets:write', tag: 'Budgets' } as const
  const reads = { permission: 'budgets:read', tag: 'Budgets' } as const
  const shown = (budget: BudgetRecord) => budgetToWire(budget, clock.now())

  return [
    defineRoute({
      ...writes, paths: ['/budget/new'], summary: 'Makes a budget object: limits that keys, teams, users and others name by `budget_id`.', body: newBody,
      example: { budget_id: 'trial', max_budget: 5, budget_duration: '7d', rpm_limit: 10 },
      answer: budgetAnswer,
      async handle({ body: { budget_id, ...body }, caller }) {
        const stamp = authorOf(options, caller)
        const budget = patchBudget(newBudget(budget_id ?? crypto.randomUUID(), stamp), body)
        const written = await budgets.insert(budget, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'budget')
        return shown(budget)
      },
    }),
    defineRoute({
      ...writes, paths: ['/budget/update'], summary: 'Changes a budget object, for all that name it: absent fields stay, null clears.', body: updateBody, answer: budgetAnswer,
      async handle({ body: { budget_id, ...body }, caller }) {
        const stamp = authorOf(options, caller)
        return shown(await change(budgets, budget_id, 'budget', stamp, (before) => patchBudget(before, body)))
      },
    }),
    defineRoute({
      ...writes, paths: ['/budget/delete'], summary: 'Deletes a budget object, and lifts its limits from all that name it.', body: v.strictObject({ id }), answer: budgetAnswer,
      async handle({ body: { id: named }, caller }) {
        const budget = await budgets.get(named)
        if (!budget || !(await budgets.delete(named, authorOf(options, caller)))) throw notFound('budget')
        return shown(budget)
      },
    }),
    defineRoute({
      ...reads, method: 'POST', paths: ['/budget/info'], summary: 'Budget objects by id; unknown ones are left out.', body: v.strictObject({ budgets: names }), answer: v.array(budgetAnswer),
      async handle({ body: { budgets: named } }) {
        if (named.length === 0) throw new GatewayError('invalid_request', 'Name at least one budget in `budgets`.', { param: 'budgets' })
        const found = await Promise.all(named.map((one) => budgets.get(one)))
        return found.flatMap((budget) => (budget ? [shown(budget)] : []))
      },
    }),
    defineRoute({
      ...reads, method: 'GET', paths: ['/budget/list'], summary: 'All budget objects.', answer: v.array(budgetAnswer),
      handle: async () => (await all(budgets)).map(shown),
    }),
    defineRoute({
      ...reads, method: 'GET', paths: ['/budget/settings'], summary: 'The fields of a budget object, each with what it means and its value.', search: v.object({ budget_id: textParam('Id of the budget object.') }), answer: v.array(settingAnswer),
      async handle({ search: { budget_id } }) {
        const budget = await budgets.get(budget_id ?? '')
        if (!budget) throw notFound('budget')
        const values: Record<string, unknown> = limitsToWire(budget)
        return settings.map(([field_name, field_type, field_description]) => ({ field_name, field_type, field_description, field_value: values[field_name] ?? null, stored_in_db: true, field_default_value: null }))
      },
    }),
  ]
}

function patchBudget(before: BudgetRecord, body: Omit<v.InferOutput<typeof updateBody>, 'budget_id'>): BudgetRecord {
  return { ...before, ...patchLimits(before, body) }
}
