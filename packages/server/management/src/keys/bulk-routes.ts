import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { adminOnly, managesMembers } from '../access.ts'
import { each, type Outcome } from '../bulk.ts'
import { type Caller, defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, names, patch } from '../fields.ts'
import { limitEntries, usd } from '../limit-fields.ts'
import { all, type ManagementOptions, notFound, spendOf } from '../service.ts'
import { keyBody, type KeyFields } from './body.ts'
import { findKey } from './find-key.ts'
import { updateKey } from './update.ts'
import { keyRow, keyRowAnswer } from './wire.ts'
import type { KeyRecord } from '@tianjillm/auth'

/** Keys that one request may name. */
const MOST = 500
const keyItem = v.strictObject({ key: keyBody.entries.key, budget_id: patch(id), max_budget: patch(usd), team_id: patch(id), tags: patch(names) })
const bulkBody = v.strictObject({ keys: v.pipe(v.array(keyItem), v.maxLength(MOST, `holds more than ${MOST}`)) })
const teamBulkBody = v.strictObject({ team_id: id, key_ids: patch(v.pipe(v.array(keyBody.entries.key), v.maxLength(MOST, `holds more than ${MOST}`))), all_keys_in_team: v.optional(v.boolean(), false), update_fields: v.strictObject(limitEntries) })
const bulkAnswer = v.object({
  total_requested: v.number(),
  successful_updates: v.array(v.object({ key: v.string(), key_info: keyRowAnswer })),
  failed_updates: v.array(v.object({ key: v.string(), key_info: v.null(), failed_reason: v.string() })),
})

/** Many keys at once; each is changed, or named among those that were not. */
export function bulkKeyRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const update = (caller: Caller, named: readonly { readonly key: string; readonly fields: KeyFields }[]) => each(named, ({ key, fields }) => updateKey(options, caller, key, fields))
  const told = async ({ done, failed }: Outcome<{ readonly key: string }, KeyRecord>) => ({
    total_requested: done.length + failed.length,
    successful_updates: await Promise.all(done.map(async ({ item, result }) => ({ key: item.key, key_info: keyRow(result, await spendOf(options, { key: result })) }))),
    failed_updates: failed.map(({ item, reason }) => ({ key: item.key, key_info: null, failed_reason: reason })),
  })

  return [
    defineRoute({
      method: 'POST', paths: ['/key/bulk_update'], permission: 'keys:write', tag: 'Keys', summary: 'Changes up to 500 keys, for admins; each is changed or told as failed.', body: bulkBody, answer: bulkAnswer,
      async handle({ body: { keys }, principal, caller }) {
        adminOnly(principal, 'change many keys at once')
        if (keys.length === 0) throw new GatewayError('invalid_request', 'Name at least one key in `keys`.', { param: 'keys' })
        return told(await update(caller, keys.map(({ key, ...fields }) => ({ key, fields }))))
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/team/key/bulk_update'], permission: 'keys:write', tag: 'Keys', summary: 'Sets the same limits on keys of a team, for those who manage its members.', body: teamBulkBody, answer: bulkAnswer,
      async handle({ body: { team_id, key_ids, all_keys_in_team: every, update_fields: fields }, principal, caller }) {
        const team = await directory.teams.get(team_id)
        if (!team || !(await managesMembers(directory, principal, team))) throw notFound('team')
        if (every === (key_ids !== undefined && key_ids !== null && key_ids.length > 0)) throw new GatewayError('invalid_request', 'Send `key_ids` with at least one key, or `all_keys_in_team: true`, not both.', { param: 'key_ids' })
        if (Object.keys(fields).length === 0) throw new GatewayError('invalid_request', 'Name at least one field to change in `update_fields`.', { param: 'update_fields' })
        const named = every ? (await all(directory.keys, { teamId: team_id })).map(({ hash }) => hash) : key_ids!
        if (named.length > MOST) throw new GatewayError('invalid_request', `The team has more than ${MOST} keys. Name them in \`key_ids\`, at most ${MOST} at a time.`, { param: 'all_keys_in_team' })
        const outcome = await each(named.map((key) => ({ key })), async ({ key }) => {
          if ((await findKey(options, principal, key, 'write')).teamId !== team_id) throw notFound('key')
          return updateKey(options, caller, key, fields)
        })
        return told(outcome)
      },
    }),
  ]
}
