import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { isAdmin, managesMembers } from '../access.ts'
import { moment, numberOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import { dollars, usd } from '../limit-fields.ts'
import { authorOf, change, type ManagementOptions, spendOf } from '../service.ts'
import { findKey } from './find-key.ts'

/**
 * `/key/{key}/reset_spend`. The ledger stays as it is: the key notes from when on its spend is counted anew, and
 * what all before counts as, until its budget's period ends.
 */
export function resetSpendRoute(options: ManagementOptions): DocumentedRoute {
  const { directory } = options
  return defineRoute({
    method: 'POST', paths: ['/key/:key/reset_spend'], permission: 'keys:write', tag: 'Keys', summary: 'Takes a key\'s spend as what is sent, at most what it is, for admins and those who manage its team.',
    body: v.strictObject({ reset_to: usd }), answer: v.object({ key_hash: v.string(), spend: v.number(), previous_spend: v.number(), max_budget: numberOrNone, budget_reset_at: moment }),
    async handle({ body: { reset_to: to }, params, principal, caller }) {
      const key = await findKey(options, principal, params['key']!, 'write')
      const team = key.teamId === null ? undefined : await directory.teams.get(key.teamId)
      if (!isAdmin(principal) && !(team && (await managesMembers(directory, principal, team)))) throw new GatewayError('permission_denied', 'Only a proxy admin, or an admin of the key\'s team, may reset what a key has spent.')
      const { spend: previous } = await spendOf(options, { key })
      if (to / 1_000_000_000 > previous) throw new GatewayError('invalid_request', `\`reset_to\` must be at most what was spent: ${previous} USD.`, { param: 'reset_to' })
      const stamp = authorOf(options, caller)
      const after = await change(directory.keys, key.id, 'key', stamp, (before) => ({ ...before, spendReset: { at: stamp.now, to } }))
      const { spend, resetsAt } = await spendOf(options, { key: after })
      return { key_hash: after.hash, spend, previous_spend: previous, max_budget: dollars(after.maxBudget), budget_reset_at: instant(resetsAt) }
    },
  })
}
