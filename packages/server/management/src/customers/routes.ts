import { type CustomerRecord, newCustomer, type Stamp } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { withBody } from '../body.ts'
import { budgetTable } from '../budgets/wire.ts'
import { inert, instant, metadata, patch, patched } from '../fields.ts'
import { holderEntries, limitsToWire, patchHolder } from '../limit-fields.ts'
import { all, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf, stampOf } from '../service.ts'

/** As requests send it; longer ones are cut there. */
const userId = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(256, 'is too long'))
const entries = {
  alias: patch(v.pipe(v.string(), v.maxLength(500, 'is too long'))),
  blocked: patch(v.boolean()),
  allowed_model_region: patch(v.picklist(['eu', 'us'])),
  default_model: patch(v.pipe(v.string(), v.nonEmpty('must not be empty'))),
  metadata: patch(metadata),
  ...holderEntries,
  ...inert('spend', 'budget_reset_at', 'object_permission'),
}
const body = v.strictObject({ ...entries, user_id: userId })
const idsBody = v.strictObject({ user_ids: v.pipe(v.array(userId), v.minLength(1, 'must name at least one'), v.maxLength(500, 'holds too many')) })
type CustomerFields = Omit<v.InferOutput<typeof body>, 'user_id'>

/** `/customer/*` and `/end_user/*`: those on whose behalf the holders of keys call. */
export function customerRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory: { customers, budgets } } = options

  const shown = async (customer: CustomerRecord): Promise<Record<string, unknown>> => {
    const budget = customer.budgetId === null ? undefined : await budgets.get(customer.budgetId)
    const { spend, resetsAt } = await spendOf(options, { customer: { kind: 'customer', id: customer.id, record: customer, budget } })
    const own = limitsToWire(customer)
    return {
      user_id: customer.id, alias: customer.alias, blocked: customer.blocked, allowed_model_region: customer.allowedModelRegion, default_model: customer.defaultModel, spend, metadata: customer.metadata,
      budget_id: customer.budgetId, ...own, budget_reset_at: instant(resetsAt), litellm_budget_table: budgetTable(budget) ?? (has(own) ? own : null), created_at: instant(customer.createdAt), updated_at: instant(customer.updatedAt),
    }
  }

  const check = async (fields: CustomerFields): Promise<void> => {
    if (fields.max_budget !== undefined && fields.max_budget !== null && fields.budget_id) throw new GatewayError('invalid_request', 'Send `max_budget` or `budget_id`, not both.', { param: 'budget_id' })
    await checkBudget(options, fields.budget_id)
    if (fields.default_model && !options.gateway.settings.router.group(fields.default_model)) throw new GatewayError('invalid_request', 'No deployment serves `default_model`. GET /v1/models lists the names that are served here.', { param: 'default_model', status: 422 })
  }

  const create = withBody(body, async ({ user_id, ...fields }, { principal }) => {
    await check(fields)
    const stamp = stampOf(options, principal)
    const customer = patchCustomer(newCustomer(user_id, stamp), fields, stamp)
    const written = await customers.insert(customer)
    if (written !== 'ok') throw refusedWrite(written, 'customer')
    return { status: 200, body: await shown(customer) }
  })

  const update = withBody(body, async ({ user_id, ...fields }, { principal }) => {
    await check(fields)
    const stamp = stampOf(options, principal)
    return { status: 200, body: await shown(await change(customers, user_id, 'customer', (before) => patchCustomer(before, fields, stamp))) }
  })

  const info = async ({ search }: Query): Promise<QueryAnswer> => {
    const customer = await customers.get(search.get('end_user_id') ?? '')
    if (!customer) throw new GatewayError('not_found', 'There is no such customer.', { param: 'end_user_id', type: 'not_found' })
    return { status: 200, body: await shown(customer) }
  }

  const remove = withBody(idsBody, async ({ user_ids }) => {
    // All or nothing: every customer is found before the first is deleted.
    for (const one of user_ids) if (!(await customers.get(one))) throw notFound('customer')
    for (const one of user_ids) await customers.delete(one)
    return { status: 200, body: { deleted_customers: user_ids.length, message: `Successfully deleted customers with ids: ${user_ids.join(', ')}` } }
  })

  /** Those that nobody made yet are made: an end user is blocked by its id, whether or not there is a record. */
  const block = (blocked: boolean): ((query: Query) => Promise<QueryAnswer>) =>
    withBody(idsBody, async ({ user_ids }, { principal }) => {
      const stamp = stampOf(options, principal)
      const rows: object[] = []
      for (const one of user_ids) {
        if (!(await customers.get(one))) await customers.insert(newCustomer(one, stamp))
        rows.push(await shown(await change(customers, one, 'customer', (before) => ({ ...before, blocked, updatedAt: stamp.now, updatedBy: stamp.by }))))
      }
      return { status: 200, body: { blocked_users: rows } }
    })

  const paths = (name: string): string[] => [`/customer/${name}`, `/end_user/${name}`]
  return [
    { kind: 'query', method: 'POST', paths: paths('new'), permission: 'customers:write', answer: create },
    { kind: 'query', method: 'POST', paths: paths('update'), permission: 'customers:write', answer: update },
    { kind: 'query', method: 'POST', paths: paths('delete'), permission: 'customers:write', answer: remove },
    { kind: 'query', method: 'POST', paths: paths('block'), permission: 'customers:write', answer: block(true) },
    { kind: 'query', method: 'POST', paths: paths('unblock'), permission: 'customers:write', answer: block(false) },
    { kind: 'query', method: 'GET', paths: paths('info'), permission: 'customers:read', answer: info },
    { kind: 'query', method: 'GET', paths: paths('list'), permission: 'customers:read', answer: async () => ({ status: 200, body: await Promise.all((await all(customers)).map(shown)) }) },
  ]
}

function patchCustomer(before: CustomerRecord, fields: CustomerFields, { now, by }: Stamp): CustomerRecord {
  return {
    ...before,
    ...patchHolder(before, fields),
    alias: patched(fields.alias, before.alias, null),
    blocked: patched(fields.blocked, before.blocked, false),
    allowedModelRegion: patched(fields.allowed_model_region, before.allowedModelRegion, null),
    defaultModel: patched(fields.default_model, before.defaultModel, null),
    metadata: patched(fields.metadata, before.metadata, {}),
    updatedAt: now,
    updatedBy: by,
  }
}

function has(limits: Record<string, unknown>): boolean {
  return Object.values(limits).some((value) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0))
}
