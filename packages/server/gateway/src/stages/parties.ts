import type { CustomerRecord, Party, PartyCache, TagRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { AnyContext } from '../context.ts'
import { endUserOf, tagsOf } from '../request/named-parties.ts'
import type { Settings } from '../settings.ts'

/** Where those are known whom requests name. */
export interface Parties {
  readonly customers: PartyCache<CustomerRecord>
  readonly tags: PartyCache<TagRecord>
}

const noNaming = Object.freeze({})

/**
 * Finds out on whose behalf the call is: its end user and its tags. Waits only for those that were never asked for.
 * @throws `blocked_customer`, `invalid_request` (tags where none may be brought)
 */
export function identify(ctx: AnyContext, { naming = noNaming, parties }: Settings): Promise<void> | undefined {
  ctx.endUser = endUserOf(ctx.exchange, ctx.body, naming)
  ctx.tags = tagsOf(ctx.exchange, ctx.body, ctx.principal, naming)
  if (!parties || (ctx.endUser === undefined && ctx.tags.length === 0)) return undefined
  const found: (Party<CustomerRecord> | Party<TagRecord> | Promise<Party<CustomerRecord> | Party<TagRecord>>)[] = ctx.tags.map((tag) => parties.tags.get(tag))
  const customer = ctx.endUser === undefined ? undefined : parties.customers.get(ctx.endUser)
  if (customer) found.push(customer)
  const admit = (all: readonly Party<unknown>[], one: Party<CustomerRecord> | undefined): void => {
    ctx.parties = all
    ctx.customer = one?.record
    if (one?.record?.blocked === true) throw new GatewayError('blocked_customer', `The end user ${JSON.stringify(one.id)} is blocked. Ask your administrator.`, { param: 'user' })
  }
  if (found.some((one) => one instanceof Promise)) return Promise.all([Promise.all(found), customer]).then(([all, one]) => admit(all, one))
  admit(found as Party<unknown>[], customer as Party<CustomerRecord> | undefined)
  return undefined
}
