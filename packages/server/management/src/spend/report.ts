import { toUsd, type UsageRow } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Written } from '../define-route.ts'
import { dayReport } from './day-report.ts'
import { hashOf, namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { field, range, readRange, wrong } from './range.ts'
import { reachOf } from './reach.ts'

const groups = ['team', 'customer', 'api_key'] as const

const parts = { total_spend: v.number(), metadata: v.array(v.object({ model: v.string(), api_key: v.string(), spend: v.number(), total_tokens: v.number() })) }
const ofTeam = { team_name: v.string() }
const ofCustomer = { customer: v.string() }
/** A day, by whom it was grouped. */
const reportDay = v.object({
  group_by_day: v.string(), teams: v.optional(v.array(v.object({ ...ofTeam, ...parts }))), customers: v.optional(v.array(v.object({ ...ofCustomer, ...parts }))), teams_customers: v.optional(v.array(v.object({ ...ofTeam, ...ofCustomer, ...parts }))),
})
const reportKey = v.object({
  api_key: v.string(), key_alias: v.nullable(v.string()), total_cost: v.number(), total_input_tokens: v.number(), total_output_tokens: v.number(),
  model_details: v.array(v.object({ model: v.string(), total_cost: v.number(), total_input_tokens: v.number(), total_output_tokens: v.number() })),
})

/** `GET /global/spend/report`: who pays for what. */
export function reportRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend } = options
  return [
    defineRoute({
      method: 'GET', paths: ['/global/spend/report'], permission: 'spend:read', tag: 'Global spend', summary: 'What teams, customers or keys spent on which model.',
      search: v.object({ ...range, group_by: field('`team` (also without it), `customer` or `api_key`.'), api_key: field('A key, or its hash: its models.'), internal_user_id: field('A user: keys and models.'), team_id: field('A team.'), customer_id: field('An end user.') }),
      answer: v.union([v.array(reportKey), v.array(reportDay)]),
      async handle({ search, principal }) {
        const days = readRange(search)
        const groupBy = groups.find((one) => one === (search.group_by || 'team'))
        if (!groupBy) throw wrong('group_by', `must be one of ${groups.join(', ')}`)
        const { api_key: apiKey, internal_user_id: userId, team_id: teamId, customer_id: customer } = search
        const reach = await reachOf(options, principal, { apiKey, userId, teamId })
        if (apiKey || userId || groupBy === 'api_key') {
          const [rows] = await spend.usage({ ...days, counted: customer ? 'end_user' : 'call', only: { ...reach, ...(customer && { entity: [customer] }) }, by: [['key', 'modelGroup']], sums: ['costNanoUsd', 'promptTokens', 'completionTokens'] })
          return byKey(options, rows!)
        }
        if (groupBy === 'customer' || customer) {
          const only = { ...reach, ...(customer && { entity: [customer] }) }
          return new Written(await dayReport(options, { ...days, counted: 'end_user', only }, teamId ? 'teams_customers' : 'customers'))
        }
        return new Written(await dayReport(options, { ...days, counted: 'call', only: reach }, 'teams'))
      },
    }),
  ]
}

/** One object a key, dearest first. */
async function byKey(options: SpendOptions, rows: readonly UsageRow[]): Promise<readonly v.InferOutput<typeof reportKey>[]> {
  const names = await namesOf(options, 'key', rows)
  const keys = [...Map.groupBy(rows, ({ key }) => key!)].map(([key, ofKey]) => ({
    api_key: hashOf(names, key),
    key_alias: names.get(key)?.name ?? null,
    total_cost: total(ofKey),
    total_input_tokens: ofKey.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
    total_output_tokens: ofKey.reduce((sum, { completionTokens }) => sum + completionTokens, 0),
    model_details: ofKey.map((row) => ({ model: row.modelGroup!, total_cost: toUsd(row.costNanoUsd), total_input_tokens: row.promptTokens, total_output_tokens: row.completionTokens })),
  }))
  return keys.sort((a, b) => b.total_cost - a.total_cost)
}

function total(rows: readonly UsageRow[]): number {
  return toUsd(rows.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0))
}
