import type { KeyFilter, KeyRecord, Principal } from '@tianjillm/auth'
import * as v from 'valibot'
import { actsAs, administers, managesMembers, seesAll } from '../access.ts'
import { words } from '../answer-fields.ts'
import { each } from '../bulk.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { choiceParam, flagParam, numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { all, type ManagementOptions, notFound, spendOf } from '../service.ts'
import { lets } from '../teams/member-permissions.ts'
import { userFields } from '../users/wire.ts'
import { deletedKeys } from './deleted.ts'
import { visible } from './find-key.ts'
import { pageOf, pageOfFilter, sortColumns } from './order.ts'
import { keyRow, keyRowEntries } from './wire.ts'

const statuses = ['active', 'deleted'] as const
const listSearch = v.object({
  page: pageParam,
  size: numberParam('Keys of a page.', 10, 100),
  user_id: textParam('Id of the user whose keys.'),
  team_id: textParam('Id of the team whose keys.'),
  organization_id: textParam('Id of the organization whose keys.'),
  key_alias: textParam('The alias of a key.'),
  key_hash: textParam('The hash of a key.'),
  project_id: textParam('Keys have no project here: with an id none is found.'),
  access_group_id: textParam('Keys name access groups in `models`: with an id none is found.'),
  return_full_object: flagParam('Rows instead of hashes.'),
  include_team_keys: flagParam('Also the keys of the teams that the user administers, or whose keys its team lets it list.'),
  include_created_by_keys: flagParam('Also the keys that the user made for others.'),
  sort_by: v.optional(v.pipe(v.picklist(sortColumns, `must be one of ${sortColumns.join(', ')}`), v.description('A column of the rows.')), 'created_at'),
  sort_order: v.optional(v.pipe(v.picklist(['asc', 'desc'], 'must be one of asc, desc'), v.description('Default: desc, the newest first.')), 'desc'),
  expand: v.optional(v.pipe(v.picklist(['user'], 'must be user'), v.description('`user`: each row with the user whose key it is; rows instead of hashes.'))),
  status: choiceParam('`deleted`: those that are gone, as the audit log has them.', statuses),
})
const userAnswer = v.nullable(v.looseObject({ user_id: v.string(), user_email: v.nullable(v.string()) }))
const listedRow = v.object({ ...keyRowEntries, user: v.optional(userAnswer), deleted_at: v.optional(v.nullable(v.string())), deleted_by: v.optional(v.string()) })

type Wanted = { -readonly [Field in Exclude<keyof KeyFilter, 'createdBy'>]: string | undefined }

/** `/key/list`: admins see all, others their own and those of teams that they administer. */
export function listRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { users } = options.directory
  const rowOf = async (key: KeyRecord, withUser: boolean) => {
    const user = withUser && key.userId !== null ? await users.get(key.userId) : undefined
    return { ...keyRow(key, await spendOf(options, { key })), ...(withUser && { user: user ? userFields(user) : null }) }
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/key/list'], permission: 'keys:read', tag: 'Keys', summary: 'Keys, newest first: all for admins, for others their own.', search: listSearch,
      answer: v.object({ keys: v.array(v.union([v.string(), listedRow])), total_count: v.number(), current_page: v.number(), total_pages: v.number() }),
      async handle({ search: { page, size, return_full_object: full, include_team_keys: teamKeys, include_created_by_keys: madeKeys, sort_by: by, sort_order: direction, expand, status, ...asked }, principal }) {
        const answer = (keys: readonly (string | object)[], total: number) => ({ keys: keys as string[], total_count: total, current_page: page, total_pages: Math.ceil(total / size) })
        if (asked.project_id || asked.access_group_id) return answer([], 0)
        if (status === 'deleted') {
          const { rows, total } = await deletedKeys(options, principal, { user_id: asked.user_id, team_id: asked.team_id, organization_id: asked.organization_id, key_alias: asked.key_alias, token: asked.key_hash }, page, size)
          return answer(full || expand ? rows : rows.map((row) => String(row['token'])), total)
        }
        const filter = given(await withinReach(options, principal, { userId: asked.user_id, teamId: asked.team_id, organizationId: asked.organization_id, alias: asked.key_alias, hash: asked.key_hash }))
        const order = { by, ascending: direction === 'asc' }
        const { records, total } = (teamKeys || madeKeys) && filter.userId !== undefined
          ? await pageOf(options, await withOthers(options, principal, filter, filter.userId, { teamKeys, madeKeys }), order, page, size)
          : await pageOfFilter(options, filter, order, page, size)
        return answer(full || expand ? await Promise.all(records.map((key) => rowOf(key, expand === 'user'))) : records.map(({ hash }) => hash), total)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/key/aliases'], permission: 'keys:read', tag: 'Keys', summary: 'Aliases of the keys that the caller may see, in alphabetical order.',
      search: v.object({ page: pageParam, size: numberParam('Aliases of a page.', 50, 100), search: textParam('A part of the alias.'), team_id: textParam('Id of the team whose keys.') }),
      answer: v.object({ aliases: words, total_count: v.number(), current_page: v.number(), total_pages: v.number(), size: v.number() }),
      async handle({ search: { page, size, search: part, team_id: teamId }, principal }) {
        const filter = given(await withinReach(options, principal, { userId: undefined, teamId, organizationId: undefined, alias: undefined, hash: undefined }, '/key/aliases'))
        const { aliases, total } = await options.directory.keys.aliases({ filter, ...(part !== undefined && { part }), skip: skipped(page, size), limit: size })
        return { aliases: [...aliases], total_count: total, current_page: page, total_pages: Math.ceil(total / size), size }
      },
    }),
  ]
}

function given(wanted: Wanted): KeyFilter {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as KeyFilter
}

/** A user's keys, and beside them all of the teams whose keys it lists, and those that it made, each once. */
async function withOthers(options: ManagementOptions, principal: Principal | undefined, filter: KeyFilter, userId: string, { teamKeys, madeKeys }: { readonly teamKeys: boolean; readonly madeKeys: boolean }): Promise<readonly KeyRecord[]> {
  const { teams, keys } = options.directory
  const { userId: _, ...rest } = filter
  const listing = teamKeys ? (await all(teams, { member: userId })).filter((team) => (administers(userId, team) || lets(team, userId, '/key/list')) && (rest.teamId ?? team.id) === team.id) : []
  const made = madeKeys ? await all(keys, { ...rest, createdBy: userId }) : []
  const found = [...(await all(keys, filter)), ...(await Promise.all(listing.map(({ id }) => all(keys, { ...rest, teamId: id })))).flat(), ...(await onlyVisible(options, principal, made))]
  return [...new Map(found.map((key) => [key.id, key])).values()]
}

/** Who made a key in a team that it administered then does not see it for ever. */
async function onlyVisible(options: ManagementOptions, principal: Principal | undefined, found: readonly KeyRecord[]): Promise<readonly KeyRecord[]> {
  return (await each(found, (key) => visible(options, principal, key, 'read'))).done.map(({ result }) => result)
}

/** Narrowed to what the caller may see: its own keys, and all of a team that it administers or that lets it list them; a key of nobody sees itself. @throws `not_found` */
async function withinReach({ directory }: ManagementOptions, principal: Principal | undefined, wanted: Wanted, route: '/key/list' | '/key/aliases' = '/key/list'): Promise<Wanted> {
  if (seesAll(principal)) return wanted
  const self = principal?.user?.id
  if (wanted.userId === undefined && wanted.teamId !== undefined) {
    const team = await directory.teams.get(wanted.teamId)
    if (team && ((await managesMembers(directory, principal, team)) || lets(team, actsAs(principal, team.id), route))) return wanted
  }
  if (wanted.userId !== undefined && wanted.userId !== self) throw notFound('user')
  const bound = principal?.key?.teamId ?? undefined
  return { ...wanted, ...(self === undefined ? { hash: principal?.key?.hash ?? '' } : { userId: self }), ...(bound !== undefined && { teamId: bound }) }
}
