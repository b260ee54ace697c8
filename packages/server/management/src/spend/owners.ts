import { toUsd, type UsageRow } from '@tianjillm/spend'
import * as v from 'valibot'
import { seesAll } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { notFound } from '../service.ts'
import { namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { field, type Range, rangeFields, readRange, readWhole, wholeRange } from './range.ts'
import { ownReach, reachOf } from './reach.ts'

const MOST = 1000
const search = v.object({ ...rangeFields, limit: field(`How many, ${MOST} at most.`) })

/** `/spend/keys`, `/spend/users`, `/spend/tags`: who spent most, dearest first. Without dates over all days that sums are kept for. */
export function ownerRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  const { spend, clock } = options
  const rangeOf = (asked: v.InferOutput<typeof search>): Range => (asked.start_date || asked.end_date ? readRange(asked) : wholeRange(clock))
  const limitOf = (asked: v.InferOutput<typeof search>): number => readWhole('limit', asked.limit, MOST, MOST)
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/keys'], permission: 'spend:read', tag: 'Spend', summary: 'Keys by what they spent, deleted ones too.',
      search, answer: v.array(v.object({ token: v.string(), key_alias: v.nullable(v.string()), spend: v.number(), team_id: v.nullable(v.string()), key_exists: v.boolean() })),
      async handle({ search: asked, principal }) {
        const rows = withOwner('key', (await spend.usage({ ...rangeOf(asked), counted: 'call', only: ownReach(principal), by: [['key']], sums: ['costNanoUsd'], top: limitOf(asked) }))[0]!)
        const names = await namesOf(options, 'key', rows)
        return rows.map(({ key, costNanoUsd }) => {
          const name = names.get(key!)
          return { token: name?.hash ?? key!, key_alias: name?.name ?? null, spend: toUsd(costNanoUsd), team_id: name?.teamId ?? null, key_exists: name?.exists ?? false }
        })
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/spend/users'], permission: 'spend:read', tag: 'Spend', summary: 'Users by what they spent.',
      search: v.object({ ...search.entries, user_id: field('One user.') }), answer: v.array(v.object({ user_id: v.string(), user_email: v.nullable(v.string()), spend: v.number() })),
      async handle({ search: { user_id, ...asked }, principal }) {
        const only = await reachOf(options, principal, { userId: user_id })
        const rows = withOwner('user', (await spend.usage({ ...rangeOf(asked), counted: 'call', only, by: [['user']], sums: ['costNanoUsd'], top: limitOf(asked) }))[0]!)
        const names = await namesOf(options, 'user', rows)
        const listed = rows.map(({ user, costNanoUsd }) => ({ user_id: user!, user_email: names.get(user!)?.name ?? null, spend: toUsd(costNanoUsd) }))
        if (!user_id || listed.length > 0) return listed
        // Who spent nothing is there all the same.
        const user = await options.directory.users.get(user_id)
        if (!user) throw notFound('user_id')
        return [{ user_id, user_email: user.email, spend: 0 }]
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/spend/tags'], permission: 'spend:read', tag: 'Spend', summary: 'Tags by what was spent under them.',
      search, answer: v.array(v.object({ individual_request_tag: v.string(), log_count: v.number(), total_spend: v.number() })),
      async handle({ search: asked, principal }) {
        const [rows] = await spend.usage({ ...rangeOf(asked), counted: 'tag', only: ownReach(principal), by: [['entity']], sums: ['costNanoUsd', 'requests'], top: limitOf(asked) })
        return rows!.map(({ entity, requests, costNanoUsd }) => ({ individual_request_tag: entity!, log_count: requests, total_spend: toUsd(costNanoUsd) }))
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/global/spend'], permission: 'spend:read', tag: 'Spend', summary: 'What was spent in all, by everybody or by the caller.', answer: v.object({ spend: v.number(), max_budget: v.number() }),
      async handle({ principal }) {
        const { limiter } = options.gateway.settings
        const budget = limiter?.rulesOf({ proxy: true }).find(({ counted }) => counted === 'budget')?.limit ?? Infinity
        const { user, key } = principal ?? {}
        const team = key?.teamId ?? null
        const { costNanoUsd } = seesAll(principal) ? await spend.sum('total', '')
          : user ? await (team === null ? spend.sum('user', user.id) : spend.sum('member', `${team}:${user.id}`))
            : await spend.sum('key', key?.id ?? '')
        return { spend: toUsd(costNanoUsd), max_budget: seesAll(principal) && Number.isFinite(budget) ? toUsd(budget) : 0 }
      },
    }),
  ]
}

/** Without the row of those calls that have no such owner. */
function withOwner(dimension: 'key' | 'user', rows: readonly UsageRow[]): readonly UsageRow[] {
  return rows.filter((row) => row[dimension] !== '')
}
