import { errorTable } from '@tianjillm/core'
import type { UsageRow } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import { missingFrom } from './archived.ts'
import { tokensOf } from './global.ts'
import { namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { range, readRange } from './range.ts'
import { ownReach } from './reach.ts'
import { reaching } from './query.ts'
import { callType } from './row.ts'

const DAY_MS = 86_400_000
/** What a chart of activity shows. */
const sums = ['requests', 'promptTokens', 'completionTokens'] as const
const tag = 'Activity'
const ofDays = v.object(range)
const ofGroup = v.object({ ...range, model_group: v.pipe(v.string(), v.description('The model group.')) })
const day = v.pipe(v.string(), v.description('Such as `Jan 22`.'))
const daily = v.array(v.object({ date: day, api_requests: v.number(), total_tokens: v.number() }))
const dailyErrors = v.array(v.object({ date: day, num_rate_limit_exceptions: v.number() }))
/** Every code that means 429. */
const tooMany = Object.entries(errorTable).filter(([, { status }]) => status === 429).map(([code]) => code)

/** `/global/activity*`: how much was called. Who does not see all sees its own. */
export function activityRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend } = options
  const exceptions = async (search: v.InferOutput<typeof ofGroup>, principal: Parameters<typeof ownReach>[0]) => {
    const { from, to } = readRange(search)
    const days = { from: Date.parse(from), to: Date.parse(to) + DAY_MS }
    const filter = reaching({ model: search.model_group }, ownReach(principal))
    // Read from the calls, and so only of those that are kept.
    const [errors, { headers }] = await Promise.all([filter ? spend.errors({ ...filter, errorCodes: tooMany, ...days }) : [], missingFrom(options.archives, principal, days)])
    return { errors, headers }
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/global/activity'], permission: 'spend:read', tag, summary: 'Calls and tokens by day.', search: ofDays, answer: v.object({ daily_data: daily, sum_api_requests: v.number(), sum_total_tokens: v.number() }),
      async handle({ search, principal }) {
        const [days] = await spend.usage({ ...readRange(search), counted: 'call', only: ownReach(principal), by: [['day']], sums })
        return activity(days!)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/activity/model'], permission: 'spend:read', tag, summary: 'Calls and tokens by day of the ten models that were called most.', search: ofDays,
      answer: v.array(v.object({ model: v.string(), daily_data: daily, sum_api_requests: v.number(), sum_total_tokens: v.number() })),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRange(search), counted: 'call', only: ownReach(principal), by: [['day', 'modelGroup']], sums })
        const models = [...Map.groupBy(rows!, ({ modelGroup }) => modelGroup!)].map(([model, days]) => ({ model, ...activity(days) }))
        return models.sort((a, b) => b.sum_api_requests - a.sum_api_requests).slice(0, 10)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/activity/cache_hits'], permission: 'spend:read', tag, summary: 'Answers from the cache by key, kind of call and model.', search: ofDays,
      answer: v.array(v.object({ api_key: v.string(), call_type: v.string(), model: v.string(), total_rows: v.number(), cache_hit_true_rows: v.number(), cached_completion_tokens: v.number(), generated_completion_tokens: v.number() })),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRange(search), counted: 'call', only: ownReach(principal), by: [['key', 'operation', 'modelGroup']] })
        const names = await namesOf(options, 'key', rows!)
        return rows!.map(({ key, operation, modelGroup, requests, cacheHits, completionTokens, cachedCompletionTokens }) => ({
          api_key: names.get(key!)?.name ?? 'Unnamed Key', call_type: callType(operation!), model: modelGroup!, total_rows: requests, cache_hit_true_rows: cacheHits,
          cached_completion_tokens: cachedCompletionTokens, generated_completion_tokens: completionTokens - cachedCompletionTokens,
        }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/activity/exceptions'], permission: 'spend:read', tag, summary: 'Calls of a model group that ended with 429, by day; as long as calls are kept.', search: ofGroup, answer: v.object({ daily_data: dailyErrors, sum_num_rate_limit_exceptions: v.number() }),
      async handle({ search, principal }) {
        const { errors, headers } = await exceptions(search, principal)
        return new Reply(200, errorsByDay(errors), headers)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/activity/exceptions/deployment'], permission: 'spend:read', tag, summary: 'The same by the address of the deployment, the ten worst.', search: ofGroup,
      answer: v.array(v.object({ api_base: v.string(), daily_data: dailyErrors, sum_num_rate_limit_exceptions: v.number() })),
      async handle({ search, principal }) {
        const { errors, headers } = await exceptions(search, principal)
        const deployments = [...Map.groupBy(errors, ({ apiBase }) => apiBase)].map(([api_base, ofOne]) => ({ api_base, ...errorsByDay(ofOne) }))
        return new Reply(200, deployments.sort((a, b) => b.sum_num_rate_limit_exceptions - a.sum_num_rate_limit_exceptions).slice(0, 10), headers)
      },
    }),
  ]
}

function activity(days: readonly UsageRow[]): { daily_data: { date: string; api_requests: number; total_tokens: number }[]; sum_api_requests: number; sum_total_tokens: number } {
  return {
    daily_data: days.map((row) => ({ date: shortDay(row.day!), api_requests: row.requests, total_tokens: tokensOf(row) })),
    sum_api_requests: days.reduce((sum, { requests }) => sum + requests, 0),
    sum_total_tokens: days.reduce((sum, row) => sum + tokensOf(row), 0),
  }
}

function errorsByDay(errors: readonly { readonly day: string; readonly count: number }[]): { daily_data: { date: string; num_rate_limit_exceptions: number }[]; sum_num_rate_limit_exceptions: number } {
  const days = [...Map.groupBy(errors, ({ day }) => day)].map(([day, ofDay]) => ({ date: shortDay(day), num_rate_limit_exceptions: ofDay.reduce((sum, { count }) => sum + count, 0) }))
  return { daily_data: days, sum_num_rate_limit_exceptions: days.reduce((sum, { num_rate_limit_exceptions: count }) => sum + count, 0) }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Jan 22`, as LiteLLM's charts have it. */
function shortDay(day: string): string {
  return `${months[Number(day.slice(5, 7)) - 1]!} ${day.slice(8)}`
}
