import { toUsd, type UsageQuery, type UsageRow } from '@tianjillm/spend'
import type { Principal } from '@tianjillm/auth'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { numberParam, pageParam, skipped } from '../search-fields.ts'
import { tokensOf } from './global.ts'
import { namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { dayOf, field, range, type Range, readList, readRange, shifted } from './range.ts'
import { ownReach } from './reach.ts'

/** Periods that a chart shows, and tags that a list holds. */
const PERIODS = 7
const TAGS = 250
const AGENT = 'User-Agent: '

const filters = { tag_filter: field('One tag.'), tag_filters: field('Several tags, separated by commas.') }
const active = v.object({ results: v.array(v.object({ tag: v.string(), active_users: v.number(), date: v.string(), period_start: v.nullable(v.string()), period_end: v.nullable(v.string()) })) })
const summary = v.object({ tag: v.string(), unique_users: v.number(), total_requests: v.number(), successful_requests: v.number(), failed_requests: v.number(), total_tokens: v.number(), total_spend: v.number() })
const perUser = v.object({
  user_id: v.string(), user_email: v.nullable(v.string()), user_agent: v.nullable(v.string()), successful_requests: v.number(), failed_requests: v.number(), total_requests: v.number(), total_tokens: v.number(), spend: v.number(),
})

/** How users of tags are counted over time. */
interface Chart {
  readonly path: `/tag/${'dau' | 'wau' | 'mau'}`
  readonly days: number
  readonly summary: string
  /** @param i from 0, the oldest */
  readonly label: (i: number, period: Range) => string
}

const charts: readonly Chart[] = [
  { path: '/tag/dau', days: 1, summary: 'Users of each tag by day, of the last 7 days.', label: (_, { to }) => to },
  { path: '/tag/wau', days: 7, summary: 'Users of each tag by week, of the last 7 weeks.', label: (i, { from }) => `Week ${i + 1} (${shortDay(from)})` },
  { path: '/tag/mau', days: 30, summary: 'Users of each tag by 30 days, of the last 7 such months.', label: (i, { from }) => `Month ${i + 1} (${shortDay(from)})` },
]

/** `/tag/summary`, `/tag/distinct`, `/tag/dau|wau|mau` and `/tag/user-agent/per-user-analytics`: who used what under which tag. Who does not see all sees its own. */
export function tagUserRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend, clock } = options
  const common = { method: 'GET', permission: 'spend:read', tag: 'Tags' } as const
  const read = async (days: Range, asked: { readonly tag_filter?: string | undefined; readonly tag_filters?: string | undefined }, principal: Principal | undefined, by: UsageQuery['by']): Promise<readonly (readonly UsageRow[])[]> => {
    const tags = readList(asked.tag_filters) ?? (asked.tag_filter ? [asked.tag_filter] : undefined)
    return spend.usage({ ...days, counted: 'tag', only: { ...ownReach(principal), ...(tags && { entity: tags }) }, by })
  }

  return [
    defineRoute({
      ...common, paths: ['/tag/summary'], summary: 'What was called and spent under each tag, and by how many users.', search: v.object({ ...range, ...filters }), answer: v.object({ results: v.array(summary) }),
      async handle({ search, principal }) {
        const [tags, users] = await read(readRange(search), search, principal, [['entity'], ['entity', 'user']])
        const counted = usersByTag(users!)
        const results = tags!.map((row) => ({
          tag: row.entity!, unique_users: counted.get(row.entity!) ?? 0, total_requests: row.requests, successful_requests: row.requests - row.failures, failed_requests: row.failures, total_tokens: tokensOf(row), total_spend: toUsd(row.costNanoUsd),
        }))
        return { results: results.sort((a, b) => b.total_requests - a.total_requests) }
      },
    }),
    defineRoute({
      ...common, paths: ['/tag/distinct'], summary: `Tags that calls had in the last 30 days, ${TAGS} at most, the most used first.`, answer: v.object({ results: v.array(v.object({ tag: v.string() })) }),
      async handle({ principal }) {
        const today = dayOf(clock.now())
        const [tags] = await read({ from: shifted(today, -30), to: today }, {}, principal, [['entity']])
        return { results: tags!.toSorted((a, b) => b.requests - a.requests).slice(0, TAGS).map(({ entity }) => ({ tag: entity! })) }
      },
    }),
    ...charts.map((chart) => defineRoute({
      ...common, paths: [chart.path], summary: chart.summary, search: v.object(filters), answer: active,
      async handle({ search, principal }) {
        const today = dayOf(clock.now())
        const periods = Array.from({ length: PERIODS }, (_, i): Range => {
          const to = shifted(today, -(PERIODS - 1 - i) * chart.days)
          return { from: shifted(to, 1 - chart.days), to }
        })
        const [rows] = await read({ from: periods[0]!.from, to: today }, search, principal, [['day', 'entity', 'user']])
        const results = periods.flatMap((period, i) => {
          const counted = usersByTag(rows!.filter(({ day }) => day! >= period.from && day! <= period.to))
          return [...counted].map(([tag, active_users]) => ({ tag, active_users, date: chart.label(i, period), period_start: chart.days === 1 ? null : period.from, period_end: chart.days === 1 ? null : period.to }))
        })
        return { results: results.toReversed() }
      },
    })),
    defineRoute({
      ...common, paths: ['/tag/user-agent/per-user-analytics'], summary: 'What each user called under which tag in the last 30 days.', search: v.object({ ...filters, page: pageParam, page_size: numberParam('Rows of a page.', 50, 1000) }),
      answer: v.object({ results: v.array(perUser), total_count: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number() }),
      async handle({ search: { page, page_size: size, ...search }, principal }) {
        const today = dayOf(clock.now())
        const [rows] = await read({ from: shifted(today, -30), to: today }, search, principal, [['user', 'entity']])
        const found = rows!.filter(({ user }) => user !== '').sort((a, b) => b.requests - a.requests)
        const shown = found.slice(skipped(page, size), skipped(page, size) + size)
        const names = await namesOf(options, 'user', shown)
        const results = shown.map((row) => ({
          user_id: row.user!, user_email: names.get(row.user!)?.name ?? null, user_agent: row.entity!.startsWith(AGENT) ? row.entity!.slice(AGENT.length) : row.entity!,
          successful_requests: row.requests - row.failures, failed_requests: row.failures, total_requests: row.requests, total_tokens: tokensOf(row), spend: toUsd(row.costNanoUsd),
        }))
        return { results, total_count: found.length, page, page_size: size, total_pages: Math.ceil(found.length / size) }
      },
    }),
  ]
}

/** How many users called under each tag; calls without a user are nobody's. */
function usersByTag(rows: readonly UsageRow[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(rows, ({ entity }) => entity!)].map(([tag, of]) => [tag, new Set(of.flatMap(({ user }) => user || [])).size]))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function shortDay(day: string): string {
  return `${months[Number(day.slice(5, 7)) - 1]!} ${Number(day.slice(8))}`
}
