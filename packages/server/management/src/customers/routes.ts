import { type Author, type CustomerRecord, newCustomer, type Stamp } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { inert, metadata, patch, patched } from '../fields.ts'
import { holderEntries, patchHolder } from '../limit-fields.ts'
import { textParam } from '../search-fields.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { customerAnswer, customerToWire } from './wire.ts'

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
export function customerRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory: { customers, budgets } } = options
  const writes = { method: 'POST', permission: 'customers:write', tag: 'Customers' } as const
  const reads = { method: 'GET', permission: 'customers:read', tag: 'Customers' } as const
  const paths = (name: string): [string, string] => [`/customer/${name}`, `/end_user/${name}`]

  const shown = async (customer: CustomerRecord) => {
    const budget = customer.budgetId === null ? undefined : await budgets.get(customer.budgetId)
    return customerToWire(customer, await spendOf(options, { customer: { kind: 'customer', id: customer.id, record: customer, budget } }))
  }

  const check = async (fields: CustomerFields): Promise<void> => {
    if (fields.max_budget !== undefined && fields.max_budget !== null && fields.budget_id) throw new GatewayError('invalid_request', 'Send `max_budget` or `budget_id`, not both.', { param: 'budget_id' })
    await checkBudget(options, fields.budget_id)
    if (fields.default_model && !options.gateway.settings.router.group(fields.default_model)) throw new GatewayError('invalid_request', 'No deployment serves `default_model`. GET /v1/models lists the names that are served here.', { param: 'default_model', status: 422 })
  }

  /** Those that nobody made yet are made: an end user is blocked by its id, whether or not there is a record. */
  const block = (blocked: boolean) => defineRoute({
    ...writes, paths: paths(blocked ? 'block' : 'unblock'), summary: blocked ? 'Blocks end users, known or not.' : 'Lets blocked end users in again.', body: idsBody, answer: v.object({ blocked_users: v.array(customerAnswer) }),
    async handle({ body: { user_ids }, caller }) {
      const stamp: Author = { ...authorOf(options, caller), action: blocked ? 'blocked' : 'unblocked' }
      const rows = []
      for (const one of user_ids) {
        if (!(await customers.get(one))) await customers.insert(newCustomer(one, stamp), { ...stamp, action: 'created' })
        rows.push(await shown(await change(customers, one, 'customer', stamp, (before) => ({ ...before, blocked }))))
      }
      return { blocked_users: rows }
    },
  })

  return [
    defineRoute({
      ...writes, paths: paths('new'), summary: 'Makes an end user, with limits of its own.', body,
      example: { user_id: 'customer-17', max_budget: 2, budget_duration: '1d' },
      answer: customerAnswer,
      async handle({ body: { user_id, ...fields }, caller }) {
        await check(fields)
        const stamp = authorOf(options, caller)
        const customer = patchCustomer(newCustomer(user_id, stamp), fields, stamp)
        const written = await customers.insert(customer, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'customer')
        return shown(customer)
      },
    }),
    defineRoute({
      ...writes, paths: paths('update'), summary: 'Changes an end user: absent fields stay, null clears.', body, answer: customerAnswer,
      async handle({ body: { user_id, ...fields }, caller }) {
        await check(fields)
        const stamp = authorOf(options, caller)
        return shown(await change(customers, user_id, 'customer', stamp, (before) => patchCustomer(before, fields, stamp)))
      },
    }),
    defineRoute({
      ...writes, paths: paths('delete'), summary: 'Deletes end users: all that are named, or none.', body: idsBody, answer: v.object({ deleted_customers: v.number(), message: v.string() }),
      async handle({ body: { user_ids }, caller }) {
        const stamp = authorOf(options, caller)
        // All or nothing: every customer is found before the first is deleted.
        for (const one of user_ids) if (!(await customers.get(one))) throw notFound('customer')
        for (const one of user_ids) await customers.delete(one, stamp)
        return { deleted_customers: user_ids.length, message: `Successfully deleted customers with ids: ${user_ids.join(', ')}` }
      },
    }),
    block(true),
    block(false),
    defineRoute({
      ...reads, paths: paths('info'), summary: 'One end user, also one without a record whom calls have named.', search: v.object({ end_user_id: textParam('What requests send as `user`.') }), answer: customerAnswer,
      async handle({ search: { end_user_id } }) {
        const named = end_user_id ?? ''
        const customer = await customers.get(named)
        if (customer) return shown(customer)
        // Calls name end users that nobody made: the ledger has what was spent for them all the same.
        const met = named === '' ? undefined : await options.spend?.sum('end_user', named)
        if (!met || met.requests === 0) throw new GatewayError('not_found', 'There is no such customer.', { param: 'end_user_id', type: 'not_found' })
        return customerToWire(newCustomer(named, { now: options.clock.now(), by: 'unknown' }), { spend: toUsd(met.costNanoUsd), resetsAt: null, budget: undefined })
      },
    }),
    defineRoute({
      ...reads, paths: paths('list'), summary: 'All end users that have a record.', answer: v.array(customerAnswer),
      handle: async () => Promise.all((await all(customers)).map(shown)),
    }),
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
