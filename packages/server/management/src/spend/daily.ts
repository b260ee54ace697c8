import type { NamedKind, Principal } from '@tianjillm/auth'
import type { CountedUnder, UsageDay, UsageDimension, UsageQuery } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Written } from '../define-route.ts'
import { all } from '../service.ts'
import { actsAs, seesAll } from '../access.ts'
import { Breakdown, breakdownDimensions } from './breakdown.ts'
import { dailyAnswer } from './daily-answer.ts'
import { inTurns } from './in-turns.ts'
import { JsonBytes, piece } from './json-bytes.ts'
import { metricSums } from './metrics.ts'
import type { SpendOptions } from './options.ts'
import { field, range, type Range, readList, readRange, readWhole, widened } from './range.ts'
import { both, keyReach, organizationReach, ownReach, type Reach, reachOf, teamsReach } from './reach.ts'

const rangeSearch = {
  ...range, model: field('A model group.'), api_key: field('Keys or their hashes, separated by commas.'), timezone: field('Minutes from local time to UTC: the days of UTC that the local ones touch are answered.'),
}
const pageSearch = { ...rangeSearch, page: field('From 1 on; the first has the newest days.'), page_size: field('Rows of daily sums that a page is made of, 50 without it: whole days, one at least.') }
const USUAL_PAGE = 50
const LARGEST_PAGE = 1000

/** Usage by day of those of one kind. */
interface DailyRoute {
  readonly paths: readonly [string, ...string[]]
  readonly whose: string
  readonly counted: CountedUnder
  readonly entity: Exclude<UsageDimension, 'day'>
  readonly named?: NamedKind
  /** The field that names some of them. */
  readonly param: string
  readonly reach: (options: SpendOptions, principal: Principal | undefined, ids: readonly string[] | undefined) => Promise<Reach>
}

const ofEntities = async (_: SpendOptions, principal: Principal | undefined, ids: readonly string[] | undefined): Promise<Reach> => ({ ...ownReach(principal), ...(ids && { entity: ids }) })

const kinds: readonly DailyRoute[] = [
  {
    paths: ['/user/daily/activity'], whose: 'users', counted: 'call', entity: 'user', named: 'user', param: 'user_id',
    async reach(options, principal, ids) {
      return (await Promise.all((ids ?? []).map((userId) => reachOf(options, principal, { userId })))).reduce<Reach | undefined>((some, one) => (some ? { ...some, user: [...some.user!, ...one.user!] } : one), undefined) ?? ownReach(principal)
    },
  },
  {
    paths: ['/team/daily/activity'], whose: 'teams', counted: 'call', entity: 'team', named: 'team', param: 'team_ids',
    async reach(options, principal, ids) {
      if (ids) return teamsReach(options, principal, ids)
      if (seesAll(principal)) return {}
      const user = actsAs(principal, principal?.key?.teamId ?? null)
      const bound = principal?.key?.teamId
      const mine = bound ? [bound] : user === undefined ? [] : (await all(options.directory.teams, { member: user })).map(({ id }) => id)
      return teamsReach(options, principal, mine)
    },
  },
  {
    paths: ['/organization/daily/activity'], whose: 'organizations', counted: 'call', entity: 'organization', named: 'organization', param: 'organization_ids',
    async reach(options, principal, ids) {
      if (ids) return organizationReach(options, principal, ids)
      if (seesAll(principal)) return {}
      const user = actsAs(principal, null)
      const mine = user === undefined ? [] : await all(options.directory.organizations, { member: user })
      return { organization: mine.filter(({ members }) => members.some(({ userId, role }) => userId === user && role === 'org_admin')).map(({ id }) => id) }
    },
  },
  { paths: ['/tag/daily/activity'], whose: 'tags', counted: 'tag', entity: 'entity', param: 'tags', reach: ofEntities },
  { paths: ['/customer/daily/activity', '/end_user/daily/activity'], whose: 'end users', counted: 'end_user', entity: 'entity', param: 'end_user_ids', reach: ofEntities },
]

/** `/user|team|organization|tag|customer/daily/activity`: LiteLLM's answer. Its pages count rows of daily sums, newest first; here they hold whole days, so that no day is split. */
export function dailyRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const report = async (kind: DailyRoute, asked: Readonly<Record<string, string | undefined>>, principal: Principal | undefined, whole: boolean) => {
    const wanted = widened(readRange(asked), asked['timezone'])
    const size = readWhole('page_size', asked['page_size'], USUAL_PAGE, LARGEST_PAGE)
    const page = whole ? 1 : readWhole('page', asked['page'], 1, 10_000)
    const reach = await kind.reach(options, principal, readList(asked[kind.param]))
    const keys = readList(asked['api_key'])
    const only: UsageQuery['only'] = { ...(keys ? both(reach, await keyReach(options, principal, keys)) : reach), ...(asked['model'] && { modelGroup: [asked['model']] }) }
    const question = { ...wanted, counted: kind.counted, only }
    const pages = whole ? [wanted] : pagesOf(await options.spend.usageDays(question), size)
    const days = pages[page - 1]
    const json = new JsonBytes()
    const breakdown = new Breakdown(options, json, kind.named)
    const sheets = days ? options.spend.usageSheets({ ...question, ...days, dimensions: breakdownDimensions(kind.entity), sums: metricSums, newestFirst: true }) : []
    let following = false
    json.put(piece('{"results":['))
    for await (const sheet of inTurns(sheets, json)) {
      if (following) json.comma()
      following = true
      await breakdown.write(sheet)
    }
    json.put(piece('],"metadata":'))
    json.value({ ...breakdown.totals(), page, total_pages: pages.length, has_more: page < pages.length })
    json.put(piece('}'))
    return new Written(json.end())
  }
  return [
    ...kinds.map((kind) => defineRoute({
      method: 'GET', paths: kind.paths, permission: 'spend:read', tag: 'Daily activity', summary: `Usage of ${kind.whose} by day, split by model, provider, key and endpoint.`,
      search: v.object({ ...pageSearch, [kind.param]: field('Ids, separated by commas.') }), answer: dailyAnswer,
      handle: ({ search, principal }) => report(kind, search, principal, false),
    })),
    defineRoute({
      method: 'GET', paths: ['/user/daily/activity/aggregated'], permission: 'spend:read', tag: 'Daily activity', summary: 'The same for users, all days at once.',
      search: v.object({ ...rangeSearch, user_id: field('Ids, separated by commas.') }), answer: dailyAnswer,
      handle: ({ search, principal }) => report(kinds[0]!, search, principal, true),
    }),
  ]
}

/** Pages of whole days with at most so many rows, unless one day alone has more. @param days newest first */
function pagesOf(days: readonly UsageDay[], size: number): readonly Range[] {
  const pages: Range[] = []
  let rows = 0
  for (const { day, rows: more } of days) {
    const last = pages.at(-1)
    if (last && rows + more <= size) {
      pages[pages.length - 1] = { ...last, from: day }
      rows += more
    } else {
      pages.push({ from: day, to: day })
      rows = more
    }
  }
  return pages
}
