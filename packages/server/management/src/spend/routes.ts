import { type SpendReader, toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import { spendDayAnswer, spendLogAnswer } from './log-answer.ts'
import { readSpendQuery, writeCursor } from './query.ts'
import { toSpendLog } from './row.ts'
import { summarize } from './summary.ts'

const field = (description: string) => v.optional(v.pipe(v.string(), v.description(description)))
const logsSearch = v.object({
  api_key: field('A key, or its hash.'),
  user_id: field('Id of an internal user.'),
  team_id: field('Id of a team.'),
  model: field('A model group.'),
  request_id: field('The id of a call: ours, or the one that its caller chose.'),
  start_date: field('The first day, such as 2025-01-31 (UTC), or a moment.'),
  end_date: field('The day or moment before which it ends.'),
  summarize: field('`false` gives rows where both dates are sent; otherwise one sum a day.'),
  limit: field('Rows of a page, 1000 at most. With it the answer is `{data, next}`.'),
  next: field('The `next` of the page before.'),
})

/** LiteLLM's routes that tell what was spent, read from the ledger. */
export function spendRoutes(spend: SpendReader): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/logs'], permission: 'spend:read', tag: 'Spend', summary: 'Rows of the ledger, newest first, or one sum a day.',
      search: logsSearch, answer: v.union([v.array(spendLogAnswer), v.array(spendDayAnswer), v.object({ data: v.array(spendLogAnswer), next: v.nullable(v.string()) })]),
      async handle({ search: asked }) {
        const query = readSpendQuery(new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined)))
        const { from, to } = query.filter
        if (query.summarize && from !== undefined && to !== undefined) return summarize(await spend.days(query.filter), from, to)
        const { entries, next } = await spend.page(query.filter, query.limit, query.after)
        const data = entries.map(toSpendLog)
        const cursor = next && writeCursor(next)
        return new Reply(200, query.paged ? { data, next: cursor ?? null } : data, cursor === undefined ? {} : { 'x-tianjillm-next': cursor })
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend'], permission: 'spend:read', tag: 'Spend', summary: 'What was spent in all.', answer: v.object({ spend: v.number(), max_budget: v.number() }),
      async handle() {
        const { costNanoUsd } = await spend.sum('total', '')
        // No budget for the whole proxy yet.
        return { spend: toUsd(costNanoUsd), max_budget: 0 }
      },
    }),
  ]
}
