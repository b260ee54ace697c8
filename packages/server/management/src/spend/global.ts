import { GatewayError } from '@tianjillm/core'
import { toUsd, type UsageRow } from '@tianjillm/spend'
import * as v from 'valibot'
import { adminOnly } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { namesOf, teamLabels } from './named.ts'
import type { SpendOptions } from './options.ts'
import { field, rangeFields, readList, readRange, readRangeOrUsual, readWhole, wholeRange } from './range.ts'
import { both, hashNamed, keyReach, ownReach, reachOf } from './reach.ts'

const tag = 'Global spend'
const range = v.object(rangeFields)
const top = v.object({ ...rangeFields, limit: field('How many, 1000 at most.') })
const usd = v.number()

/** `/global/spend/*`: what was spent, split one way or another; without dates in the last 30 days. Who does not see all sees its own. */
export function globalRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend, clock } = options
  return [
    defineRoute({
      method: 'GET', paths: ['/global/spend/logs'], permission: 'spend:read', tag, summary: 'One sum a day.', search: v.object({ ...rangeFields, api_key: field('A key, or its hash.') }), answer: v.array(v.looseObject({ date: v.string(), spend: usd })),
      async handle({ search, principal }) {
        const key = search.api_key && hashNamed(search.api_key)
        const only = key ? both(ownReach(principal), await keyReach(options, principal, [key])) : ownReach(principal)
        const [days] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'call', only, by: [['day']], sums: ['costNanoUsd'] })
        return days!.map(({ day, costNanoUsd }) => ({ date: day!, spend: toUsd(costNanoUsd), ...(key && { api_key: key }) }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/keys'], permission: 'spend:read', tag, summary: 'Keys that spent most.', search: top,
      answer: v.array(v.object({ api_key: v.string(), key_alias: v.nullable(v.string()), key_name: v.nullable(v.string()), total_spend: usd })),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'call', only: ownReach(principal), by: [['key']], sums: ['costNanoUsd'], top: readWhole('limit', search.limit, 1000, 1000) })
        const names = await namesOf(options, 'key', rows!)
        return rows!.filter(({ key }) => key !== '').map(({ key, costNanoUsd }) => ({ api_key: names.get(key!)?.hash ?? key!, key_alias: names.get(key!)?.name ?? null, key_name: names.get(key!)?.name ?? null, total_spend: toUsd(costNanoUsd) }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/models'], permission: 'spend:read', tag, summary: 'Models that cost most.', search: top, answer: v.array(v.object({ model: v.string(), total_spend: usd, total_tokens: v.number() })),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'call', only: ownReach(principal), by: [['modelGroup']], sums: ['costNanoUsd', 'promptTokens', 'completionTokens'], top: readWhole('limit', search.limit, 10, 1000) })
        return rows!.map((row) => ({ model: row.modelGroup!, total_spend: toUsd(row.costNanoUsd), total_tokens: tokensOf(row) }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/provider'], permission: 'spend:read', tag, summary: 'Providers by what was spent there, also through deployments that are gone.', search: range, answer: v.array(v.object({ provider: v.string(), spend: usd })),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'call', only: ownReach(principal), by: [['provider']], sums: ['costNanoUsd'], top: 1000 })
        // Calls that reached no provider cost nothing.
        return rows!.filter(({ provider }) => provider !== '').map(({ provider, costNanoUsd }) => ({ provider: provider!, spend: toUsd(costNanoUsd) }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/teams'], permission: 'spend:read', tag, summary: 'Teams by day and in all, deleted ones too.', search: range,
      answer: v.object({ daily_spend: v.array(v.looseObject({ date: v.string() })), teams: v.array(v.string()), total_spend_per_team: v.array(v.object({ team_id: v.string(), total_spend: usd })) }),
      async handle({ search, principal }) {
        const [days, teams] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'call', only: ownReach(principal), by: [['day', 'team'], ['team']], sums: ['costNanoUsd'] })
        const label = teamLabels(await namesOf(options, 'team', teams!), 'Unassigned')
        const byDay = Map.groupBy(days!, ({ day }) => day!)
        const dearest = teams!.toSorted((a, b) => b.costNanoUsd - a.costNanoUsd)
        return {
          daily_spend: [...byDay].map(([date, rows]) => ({ ...Object.fromEntries(rows.map(({ team, costNanoUsd }) => [label(team!), toUsd(costNanoUsd)])), date })),
          teams: dearest.map(({ team }) => label(team!)),
          total_spend_per_team: dearest.slice(0, 10).map(({ team, costNanoUsd }) => ({ team_id: label(team!), total_spend: toUsd(costNanoUsd) })),
        }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/tags'], permission: 'spend:read', tag, summary: 'Tags by what was spent under them.', search: v.object({ ...rangeFields, tags: field('Only these, separated by commas; `all-tags` for all.') }),
      answer: v.object({ spend_per_tag: v.array(v.object({ name: v.string(), spend: usd, log_count: v.number() })) }),
      async handle({ search, principal }) {
        const tags = readList(search.tags)
        const only = { ...ownReach(principal), ...(tags && !tags.includes('all-tags') && { entity: tags }) }
        const [rows] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'tag', only, by: [['entity']], sums: ['costNanoUsd', 'requests'], top: 10_000 })
        return { spend_per_tag: rows!.map(({ entity, costNanoUsd, requests }) => ({ name: entity!, spend: toUsd(costNanoUsd), log_count: requests })) }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend/all_tag_names'], permission: 'spend:read', tag, summary: 'Tags that calls had.', answer: v.object({ tag_names: v.array(v.string()) }),
      async handle({ principal }) {
        const [rows] = await spend.usage({ ...wholeRange(clock), counted: 'tag', only: ownReach(principal), by: [['entity']], sums: [] })
        return { tag_names: rows!.map(({ entity }) => entity!).toSorted() }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/all_end_users'], permission: 'spend:read', tag, summary: 'End users that calls named in the last 30 days.', search: range, answer: v.object({ end_users: v.array(v.string()) }),
      async handle({ search, principal }) {
        const [rows] = await spend.usage({ ...readRangeOrUsual(search, clock), counted: 'end_user', only: ownReach(principal), by: [['entity']], sums: [] })
        return { end_users: rows!.map(({ entity }) => entity!).toSorted() }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/global/spend/end_users'], permission: 'spend:read', tag, summary: 'The 100 end users that spent most.',
      body: v.strictObject({ api_key: v.optional(v.nullable(v.string())), startTime: v.optional(v.nullable(v.string())), endTime: v.optional(v.nullable(v.string())) }),
      answer: v.array(v.object({ end_user: v.string(), total_count: v.number(), total_spend: usd })),
      async handle({ body, principal }) {
        // Sums are of days: of a moment counts its day.
        const [start_date, end_date] = [body.startTime?.slice(0, 10), body.endTime?.slice(0, 10)]
        const days = start_date || end_date ? readRange({ start_date, end_date }) : readRangeOrUsual({}, clock)
        const [rows] = await spend.usage({ ...days, counted: 'end_user', only: await reachOf(options, principal, { apiKey: body.api_key ?? undefined }), by: [['entity']], sums: ['costNanoUsd', 'requests'], top: 100 })
        return rows!.map(({ entity, requests, costNanoUsd }) => ({ end_user: entity!, total_count: requests, total_spend: toUsd(costNanoUsd) }))
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/global/spend/refresh'], permission: 'spend:read', tag, summary: 'Nothing to do: sums are written with the calls that they add up.', answer: v.object({ message: v.string(), status: v.string() }),
      handle({ principal }) {
        adminOnly(principal, 'refresh spend')
        return { message: 'Sums are written with the calls that they add up: there is nothing to refresh.', status: 'success' }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/global/spend/reset'], permission: 'spend:read', tag, summary: 'Refused: what was spent is what the ledger says.', answer: v.object({}),
      handle({ principal }) {
        adminOnly(principal, 'reset spend')
        throw new GatewayError('unsupported_operation', 'What was spent is the sum of the ledger, which nothing erases, and one call that opens every budget anew cannot be taken back. Raise a budget for a time with `temp_budget_increase` and `temp_budget_expiry` of the key, team, user or customer.')
      },
    }),
  ]
}

export function tokensOf({ promptTokens, completionTokens }: UsageRow): number {
  return promptTokens + completionTokens
}
