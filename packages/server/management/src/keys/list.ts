import type { KeyFilter, KeyRecord, Principal } from '@tianjillm/auth'
import * as v from 'valibot'
import { administers, managesMembers, seesAll } from '../access.ts'
import { words } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { choiceParam, flagParam, numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { all, type ManagementOptions, notFound, spendOf } from '../service.ts'
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
  include_team_keys: flagParam('Also the keys of the teams that the user administers.'),
  sort_by: choiceParam('Keys are sorted by the time when they were made.', ['created_at']),
  sort_order: choiceParam('Default: desc, the newest first.', ['asc', 'desc']),
})

type Wanted = { -readonly [Field in keyof KeyFilter]: string | undefined }

/** `/key/list`: admins see all, others their own and those of teams that they administer. */
export function listRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/key/list'], permission: 'keys:read', tag: 'Keys', summary: 'Keys, newest first: all for admins, for others their own.', search: listSearch,
      answer: v.object({ keys: v.array(v.union([v.string(), keyRowAnswer])), total_count: v.number(), current_page: v.number(), total_pages: v.number() }),
      async handle({ search: { page, size, return_full_object: full, include_team_keys: teamKeys, sort_order: order, ...asked }, principal }) {
        const wanted: Wanted = { userId: asked.user_id, teamId: asked.team_id, organizationId: asked.organization_id, alias: asked.key_alias, hash: asked.key_hash }
        const filter = given(await withinReach(options, principal, wanted))
        const oldestFirst = order === 'asc'
        const { records, total } = teamKeys && filter.userId !== undefined
          ? pageOf(await withTeamKeys(options, filter, filter.userId), page, size, oldestFirst)
          : await (oldestFirst ? pageFromEnd : pageFromStart)(options, filter, page, size)
        const keys = full ? await Promise.all(records.map(async (key) => keyRow(key, await spendOf(options, { key })))) : records.map(({ hash }) => hash)
        return { keys, total_count: total, current_page: page, total_pages: Math.ceil(total / size) }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/key/aliases'], permission: 'keys:read', tag: 'Keys', summary: 'Aliases of the keys that the caller may see, in alphabetical order.',
      search: v.object({ page: pageParam, size: numberParam('Aliases of a page.', 50, 100), search: textParam('A part of the alias.'), team_id: textParam('Id of the team whose keys.') }),
      answer: v.object({ aliases: words, total_count: v.number(), current_page: v.number(), total_pages: v.number(), size: v.number() }),
      async handle({ search: { page, size, search: part, team_id: teamId }, principal }) {
        const filter = given(await withinReach(options, principal, { userId: undefined, teamId, organizationId: undefined, alias: undefined, hash: undefined }))
        const found = (await all(options.directory.keys, filter)).flatMap(({ alias }) => (alias !== null && (part === undefined || alias.toLowerCase().includes(part.toLowerCase())) ? [alias] : [])).toSorted()
        return { aliases: found.slice(skipped(page, size), skipped(page, size) + size), total_count: found.length, current_page: page, total_pages: Math.ceil(found.length / size), size }
      },
    }),
  ]
}

interface Part {
  readonly records: readonly KeyRecord[]
  readonly total: number
}

function given(wanted: Wanted): KeyFilter {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as KeyFilter
}

const pageFromStart = ({ directory }: ManagementOptions, filter: KeyFilter, page: number, size: number): Promise<Part> => directory.keys.list({ filter, skip: skipped(page, size), limit: size })

/** Stores list the newest first: a page from the other end is read from there and turned round. */
async function pageFromEnd({ directory }: ManagementOptions, filter: KeyFilter, page: number, size: number): Promise<Part> {
  const { total } = await directory.keys.list({ filter, limit: 1 })
  const end = total - skipped(page, size)
  if (end <= 0) return { records: [], total }
  const skip = Math.max(0, end - size)
  const { records } = await directory.keys.list({ filter, skip, limit: end - skip })
  return { records: records.toReversed(), total }
}

function pageOf(keys: readonly KeyRecord[], page: number, size: number, oldestFirst: boolean): Part {
  const sorted = keys.toSorted((a, b) => (oldestFirst ? a.createdAt - b.createdAt : b.createdAt - a.createdAt) || (a.id < b.id ? -1 : 1))
  return { records: sorted.slice(skipped(page, size), skipped(page, size) + size), total: keys.length }
}

/** A user's keys, and all of the teams that it administers, each once. */
async function withTeamKeys({ directory }: ManagementOptions, filter: KeyFilter, userId: string): Promise<readonly KeyRecord[]> {
  const teams = (await all(directory.teams, { member: userId })).filter((team) => administers(userId, team))
  const { userId: _, ...rest } = filter
  const found = [...(await all(directory.keys, filter)), ...(await Promise.all(teams.map(({ id }) => (rest.teamId === undefined || rest.teamId === id ? all(directory.keys, { ...rest, teamId: id }) : [])))).flat()]
  return [...new Map(found.map((key) => [key.id, key])).values()]
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
