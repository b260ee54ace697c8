import { newUser, type Principal, type UserRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { adminOnly, seesAll } from '../access.ts'
import { textOrNone, words } from '../answer-fields.ts'
import { each } from '../bulk.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { makeKey } from '../keys/make-key.ts'
import { keyRow, keyRowAnswer, keyRowEntries } from '../keys/wire.ts'
import { choiceParam, numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { bulkUpdateBody, deleteUsersBody, newUserBody, patchUser, updateUserBody } from './body.ts'
import { newMember, patchMember } from '../teams/record.ts'
import { withDefaults } from './defaults.ts'
import { updateUser } from './update.ts'
import { userAnswer, userEntriesAnswer, userRoles, userToWire } from './wire.ts'

const listSearch = v.object({
  page: pageParam,
  page_size: numberParam('Users of a page.', 25, 100),
  role: choiceParam('Users of this role.', userRoles),
  user_email: textParam('The user of this address.'),
  user_ids: textParam('Ids, between commas.'),
  team: textParam('Id of the team that they are in.'),
})

/** `/user/*`. Only admins make and change users: a role, a budget or a list of models is theirs to give. */
export function userRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const { users, keys, teams } = directory
  const writes = { method: 'POST', permission: 'users:write', tag: 'Users' } as const
  const reads = { method: 'GET', permission: 'users:read', tag: 'Users' } as const

  const shown = async (user: UserRecord) => {
    const { records } = await teams.list({ filter: { member: user.id }, limit: 100 })
    return userToWire(user, records.map((team) => team.id), await spendOf(options, { user }))
  }

  /** A user whom the caller may see. @throws `not_found` */
  const seen = async (asked: string | undefined, principal: Principal | undefined): Promise<UserRecord> => {
    const named = asked ?? principal?.user?.id
    const user = named === undefined ? undefined : await users.get(named)
    if (!user || !(seesAll(principal) || principal?.user?.id === user.id)) throw notFound('user')
    return user
  }

  const these = async (ids: readonly string[], fits: (user: UserRecord) => boolean, skip: number, size: number): Promise<{ readonly records: readonly UserRecord[]; readonly total: number }> => {
    const found = (await Promise.all(ids.map((one) => users.get(one)))).filter((user) => user !== undefined && fits(user)) as readonly UserRecord[]
    return { records: found.slice(skip, skip + size), total: found.length }
  }

  return [
    defineRoute({
      ...writes, paths: ['/user/new'], summary: 'Makes a user, and a key for it.', body: newUserBody,
      example: { user_email: 'ada@example.com', user_role: 'internal_user', max_budget: 10 },
      answer: v.object({ ...v.partial(v.object(keyRowEntries)).entries, ...userEntriesAnswer, key: v.pipe(textOrNone, v.description('The new key, shown this once; null without `auto_create_key`.')) }),
      async handle({ body: { user_id, auto_create_key, key_alias, duration: keyDuration, team_id, teams: places, ...body }, principal, caller }) {
        adminOnly(principal, 'make users')
        await checkBudget(options, body.budget_id)
        const stamp = authorOf(options, caller)
        const user = patchUser(withDefaults(newUser(user_id ?? crypto.randomUUID(), stamp), options.newUsers), body, stamp)
        const joined = (places ?? []).map((place) => (typeof place === 'string' ? { team_id: place, max_budget_in_team: undefined, user_role: 'user' as const } : place))
        for (const named of [...(team_id ? [team_id] : []), ...joined.map((place) => place.team_id)]) if (!(await teams.get(named))) throw notFound('team')
        const written = await users.insert(user, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'user')
        for (const { team_id: named, max_budget_in_team, user_role } of joined) {
          const member = patchMember(newMember(user.id), { ...(max_budget_in_team !== undefined && { max_budget_in_team }), role: user_role })
          await change(teams, named, 'team', stamp, (before) => ({ ...before, members: [...before.members.filter(({ userId }) => userId !== user.id), member] }))
        }
        const wire = userToWire(user, joined.map((place) => place.team_id), await spendOf(options, { user }))
        if (!auto_create_key) return { ...wire, key: null }
        const { key, record } = makeKey({ user_id: user.id, ...(key_alias !== undefined && { key_alias }), ...(keyDuration !== undefined && { duration: keyDuration }), ...(team_id !== undefined && { team_id }) }, stamp)
        const stored = await keys.insert(record, stamp)
        if (stored !== 'ok') throw refusedWrite(stored, 'key')
        return { ...keyRow(record, await spendOf(options, { key: record })), ...wire, key }
      },
    }),
    defineRoute({
      ...writes, paths: ['/user/update'], summary: 'Changes a user, named by id or address: absent fields stay, null clears.', body: updateUserBody,
      example: { user_id: 'ada', max_budget: null },
      answer: userAnswer,
      async handle({ body, principal, caller }) {
        adminOnly(principal, 'change users')
        return shown(await updateUser(options, caller, body))
      },
    }),
    defineRoute({
      ...writes, paths: ['/user/bulk_update'], summary: 'Changes up to 500 users, or all with the same fields; each is changed or told as failed.', body: bulkUpdateBody,
      answer: v.object({
        total_requested: v.number(), successful_updates: v.number(), failed_updates: v.number(),
        results: v.array(v.object({ user_id: textOrNone, user_email: textOrNone, success: v.boolean(), error: textOrNone, updated_user: v.nullable(userAnswer) })),
      }),
      async handle({ body: { users: listed, all_users: everybody, user_updates: fields }, principal, caller }) {
        adminOnly(principal, 'change users')
        if (everybody === (listed !== undefined && listed !== null && listed.length > 0)) throw new GatewayError('invalid_request', 'Send `users` with at least one user, or `all_users: true` with `user_updates`, not both.', { param: 'users' })
        if (everybody && (!fields || Object.keys(fields).length === 0)) throw new GatewayError('invalid_request', 'Name at least one field to change in `user_updates`.', { param: 'user_updates' })
        const wanted = everybody ? (await all(users)).map(({ id }) => ({ ...fields, user_id: id })) : listed!
        const { done, failed } = await each(wanted as readonly v.InferOutput<typeof updateUserBody>[], (one) => updateUser(options, caller, one))
        return {
          total_requested: wanted.length, successful_updates: done.length, failed_updates: failed.length,
          results: [
            ...(await Promise.all(done.map(async ({ result }) => ({ user_id: result.id, user_email: result.email, success: true, error: null, updated_user: await shown(result) })))),
            ...failed.map(({ item, reason }) => ({ user_id: item.user_id ?? null, user_email: item.user_email ?? null, success: false, error: reason, updated_user: null })),
          ],
        }
      },
    }),
    defineRoute({
      ...writes, paths: ['/user/delete'], summary: 'Deletes users with their keys and their places in teams and organizations: all that are named, or none.', body: deleteUsersBody, answer: v.object({ deleted_users: v.number(), message: v.string() }),
      async handle({ body: { user_ids }, principal, caller }) {
        adminOnly(principal, 'delete users')
        // All or nothing: every user is found before the first is deleted.
        for (const one of user_ids) if (!(await users.get(one))) throw notFound('user')
        const stamp = authorOf(options, caller)
        for (const one of user_ids) {
          for (const key of await all(keys, { userId: one })) await keys.delete(key.id, stamp)
          const without = <R extends { readonly members: readonly { readonly userId: string }[] }>(before: R): R => ({ ...before, members: before.members.filter(({ userId }) => userId !== one) })
          for (const team of await all(teams, { member: one })) await change(teams, team.id, 'team', stamp, without)
          for (const organization of await all(directory.organizations, { member: one })) await change(directory.organizations, organization.id, 'organization', stamp, without)
          await users.delete(one, stamp)
        }
        return { deleted_users: user_ids.length, message: `Deleted ${user_ids.length} users, with their keys and their places in teams and organizations.` }
      },
    }),
    defineRoute({
      ...reads, paths: ['/user/info'], summary: 'One user with its keys; without `user_id` the caller.', search: v.object({ user_id: textParam('Id of the user.') }),
      answer: v.object({ user_id: v.string(), user_info: userAnswer, keys: v.array(keyRowAnswer), teams: words }),
      async handle({ search: { user_id }, principal }) {
        const user = await seen(user_id, principal)
        const own = await keys.list({ filter: { userId: user.id }, limit: 100 })
        const rows = await Promise.all(own.records.map(async (key) => keyRow(key, await spendOf(options, { key }))))
        const info = await shown(user)
        return { user_id: user.id, user_info: info, keys: rows, teams: info.teams }
      },
    }),
    defineRoute({
      ...reads, paths: ['/v2/user/info'], summary: 'One user without its keys; without `user_id` the caller.', search: v.object({ user_id: textParam('Id of the user.') }), answer: userAnswer,
      handle: async ({ search: { user_id }, principal }) => shown(await seen(user_id, principal)),
    }),
    defineRoute({
      ...reads, paths: ['/user/list', '/user/get_users'], summary: 'Users, newest first, for admins.', search: listSearch,
      answer: v.object({ users: v.array(v.object({ ...userEntriesAnswer, key_count: v.number() })), total: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number() }),
      async handle({ search: { page, page_size: size, role, user_email: address, user_ids: named, team }, principal }) {
        if (!seesAll(principal)) throw new GatewayError('permission_denied', 'Only admins may list users.')
        const ids = named === undefined ? (team === undefined ? undefined : ((await teams.get(team))?.members.map(({ userId }) => userId) ?? [])) : named.split(',')
        const { records, total } = ids === undefined
          ? await users.list({ filter: { ...(role !== undefined && { role }), ...(address !== undefined && { email: address }) }, skip: skipped(page, size), limit: size })
          : await these(ids, (user) => role === undefined || user.role === role, skipped(page, size), size)
        const rows = await Promise.all(records.map(async (user) => ({ ...(await shown(user)), key_count: (await keys.list({ filter: { userId: user.id }, limit: 1 })).total })))
        return { users: rows, total, page, page_size: size, total_pages: Math.ceil(total / size) }
      },
    }),
  ]
}
