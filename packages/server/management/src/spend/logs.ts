import type { SpendFilter } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import { archivedAnswer, missingFrom } from './archived.ts'
import { spendDayAnswer, spendLogAnswer } from './log-answer.ts'
import { hashOf, namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { readFilter, readSpendQuery, reaching, writeCursor } from './query.ts'
import { dayOf, field, readWhole, wrong } from './range.ts'
import { reachOf } from './reach.ts'
import { toSpendLog } from './row.ts'
import { summarize } from './summary.ts'

const DAY_MS = 86_400_000
/** Calls that a numbered list counts, at most: more would be counted for longer than they are looked at. */
const COUNTED = 10_000

const filterFields = {
  api_key: field('A key, or its hash.'),
  user_id: field('Id of an internal user.'),
  team_id: field('Id of a team.'),
  organization_id: field('Id of an organization.'),
  end_user: field('Id of a customer.'),
  model: field('A model group.'),
  model_id: field('Id of a deployment.'),
  status_filter: field('`success`, `failure`, `cancelled` or `blocked`.'),
  error_code: field('A code of an error.'),
  min_spend: field('Calls that cost this or more, in USD.'),
  max_spend: field('Calls that cost this or less, in USD.'),
  request_id: field('The id of a call: ours, or the one that its caller chose.'),
  start_date: field('The first day, such as 2025-01-31 (UTC), or a moment.'),
  end_date: field('The day or moment before which it ends.'),
}
const logsSearch = v.object({
  ...filterFields,
  summarize: field('`false` gives rows where both dates are sent; otherwise one sum a day.'),
  limit: field('Rows of a page, 1000 at most. With it the answer is `{data, next}`.'),
  next: field('The `next` of the page before.'),
})

const archivedField = { archived: v.pipe(v.optional(v.array(archivedAnswer)), v.description('Ranges that the question reaches into and whose calls are not in the ledger any more. Absent: there are none.')) }

/** `/spend/logs` and its numbered form. */
export function logRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend } = options
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/logs'], permission: 'spend:read', tag: 'Spend', summary: 'Calls, newest first, or one sum a day.',
      search: logsSearch, answer: v.union([v.array(spendLogAnswer), v.array(spendDayAnswer), v.object({ data: v.array(spendLogAnswer), next: v.nullable(v.string()), ...archivedField })]),
      async handle({ search, principal }) {
        const query = readSpendQuery(search)
        const reach = await reachOf(options, principal, query.whose)
        const { from, to } = query.filter
        if (query.summarize && from !== undefined && to !== undefined) {
          const unsummed = (['end_user', 'model_id', 'status_filter', 'error_code', 'min_spend', 'max_spend'] as const).find((name) => search[name])
          if (unsummed) throw wrong(unsummed, 'filters calls, not sums: send `summarize=false` too')
          const only = { ...reach, ...(query.filter.model !== undefined && { modelGroup: [query.filter.model] }) }
          const splits = await spend.usage({ from: dayOf(from), to: dayOf(to - DAY_MS), counted: 'call', only, by: [['day', 'key'], ['day', 'user'], ['day', 'modelGroup']], sums: ['costNanoUsd'] })
          const names = await namesOf(options, 'key', splits[0]!)
          return summarize(splits, (key) => hashOf(names, key), from, to)
        }
        const filter = reaching(query.filter, reach)
        const [{ entries, next }, missing] = await Promise.all([
          filter ? spend.page(filter, query.limit, query.after) : { entries: [], next: undefined },
          // A later page begins where the one before ended.
          missingFrom(options.archives, principal, { from, to: query.after ? Math.min(query.after.startedAt + 1, to ?? Infinity) : to }),
        ])
        const data = entries.map(toSpendLog)
        const cursor = next && writeCursor(next)
        return new Reply(200, query.paged ? { data, next: cursor ?? null, ...missing.field } : data, { ...missing.headers, ...(cursor !== undefined && { 'x-tianjillm-next': cursor }) })
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/spend/logs/v2', '/spend/logs/ui'], permission: 'spend:read', tag: 'Spend', summary: `Calls, newest first, by page number; ${COUNTED} are counted at most, \`/spend/logs\` pages without end.`,
      search: v.object({ ...filterFields, start_date: v.pipe(v.string(), v.description('The first day or moment, such as 2025-01-31 12:00:00 (UTC).'), v.examples(['2025-01-01'])), end_date: v.pipe(v.string(), v.description('The day or moment before which it ends.'), v.examples(['2025-02-01'])), key_alias: field('Alias of a key.'), page: field('From 1 on.'), page_size: field('100 at most.') }),
      answer: v.object({ data: v.array(spendLogAnswer), total: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number(), ...archivedField }),
      async handle({ search, principal }) {
        const filter = await numberedFilter(options, principal, search)
        const page = readWhole('page', search.page, 1, COUNTED)
        const size = readWhole('page_size', search.page_size, 50, 100)
        if (page * size > COUNTED) throw wrong('page', `must end before call ${COUNTED}: narrow the filter, or page with \`next\` of /spend/logs`)
        // Up to the page and not from it: what is skipped is few, and a page needs no cursor.
        const [total, { entries }, missing] = await Promise.all([filter ? spend.count(filter, COUNTED) : 0, filter ? spend.page(filter, page * size) : { entries: [] }, missingFrom(options.archives, principal, filter ?? readFilter(search))])
        return new Reply(200, { data: entries.slice((page - 1) * size).map(toSpendLog), total, page, page_size: size, total_pages: Math.ceil(total / size), ...missing.field }, missing.headers)
      },
    }),
  ]
}

async function numberedFilter(options: SpendOptions, principal: Parameters<typeof reachOf>[1], search: Readonly<Record<string, string | undefined>>): Promise<SpendFilter | undefined> {
  const filter = readFilter(search)
  for (const name of ['start_date', 'end_date']) if (!search[name]) throw wrong(name, 'must be a day or a moment')
  if (filter.to! < filter.from!) throw wrong('end_date', 'must not be before start_date')
  const alias = search['key_alias']
  const named = alias ? (await options.directory.keys.list({ filter: { alias }, limit: 1 })).records[0] : undefined
  if (alias && !named) return undefined
  const apiKey = search['api_key'] ?? named?.hash
  return reaching(filter, await reachOf(options, principal, { apiKey, userId: search['user_id'], teamId: search['team_id'], organizationId: search['organization_id'] }))
}
