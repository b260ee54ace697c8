import type { KeyFilter, Principal } from '@tianjillm/auth'
import * as v from 'valibot'
import { managesMembers, seesAll } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { flagParam, numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { type ManagementOptions, notFound, spendOf } from '../service.ts'
import { keyRow, keyRowAnswer } from './wire.ts'

const listSearch = v.object({
  page: pageParam,
  size: numberParam('Keys of a page.', 10, 100),
  user_id: textParam('Id of the user whose keys.'),
  team_id: textParam('Id of the team whose keys.'),
  organization_id: textParam('Id of the organization whose keys.'),
  key_alias: textParam('The alias of a key.'),
  key_hash: textParam('The hash of a key.'),
  return_full_object: flagParam('Rows instead of hashes.'),
})

type Wanted = { -readonly [Field in keyof KeyFilter]: string | undefined }

/** `/key/list`: admins see all, others their own and those of teams that they administer. */
export function listRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/key/list'], permission: 'keys:read', tag: 'Keys', summary: 'Keys, newest first: all for admins, for others their own.', search: listSearch,
      answer: v.object({ keys: v.array(v.union([v.string(), keyRowAnswer])), total_count: v.number(), current_page: v.number(), total_pages: v.number() }),
      async handle({ search: { page, size, return_full_object: full, ...asked }, principal }) {
        const wanted: Wanted = { userId: asked.user_id, teamId: asked.team_id, organizationId: asked.organization_id, alias: asked.key_alias, hash: asked.key_hash }
        const filter = Object.fromEntries(Object.entries(await withinReach(options, principal, wanted)).filter(([, value]) => value !== undefined)) as KeyFilter
        const { records, total } = await options.directory.keys.list({ filter, skip: skipped(page, size), limit: size })
        const keys = full ? await Promise.all(records.map(async (key) => keyRow(key, await spendOf(options, { key })))) : records.map(({ hash }) => hash)
        return { keys, total_count: total, current_page: page, total_pages: Math.ceil(total / size) }
      },
    }),
  ]
}

/** Narrowed to what the caller may see: its own keys, and all of a team that it administers; a key of nobody sees itself. @throws `not_found` */
async function withinReach({ directory }: ManagementOptions, principal: Principal | undefined, wanted: Wanted): Promise<Wanted> {
  if (seesAll(principal)) return wanted
  const self = principal?.user?.id
  if (wanted.userId === undefined && wanted.teamId !== undefined) {
    const team = await directory.teams.get(wanted.teamId)
    if (team && (await managesMembers(directory, principal, team))) return wanted
  }
  if (wanted.userId !== undefined && wanted.userId !== self) throw notFound('user')
  const bound = principal?.key?.teamId ?? undefined
  return { ...wanted, ...(self === undefined ? { hash: principal?.key?.hash ?? '' } : { userId: self }), ...(bound !== undefined && { teamId: bound }) }
}
