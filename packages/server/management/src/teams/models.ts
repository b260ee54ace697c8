import type { Principal, TeamRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, names } from '../fields.ts'
import { authorOf, change, type ManagementOptions, spendOf } from '../service.ts'
import { teamAnswer, teamToWire } from './wire.ts'

const body = v.strictObject({ team_id: id, models: v.pipe(names, v.minLength(1, 'must name at least one')) })

/** What a team may call, a model at a time. @param managed finds a team that the caller may change */
export function teamModelRoutes(options: ManagementOptions, managed: (principal: Principal | undefined, named: string) => Promise<TeamRecord>): readonly DocumentedRoute[] {
  const route = (paths: readonly [string, ...string[]], summary: string, make: (before: readonly string[], models: readonly string[]) => readonly string[]): DocumentedRoute =>
    defineRoute({
      method: 'POST', permission: 'teams:write', tag: 'Teams', paths, summary, body, answer: teamAnswer,
      async handle({ body: { team_id, models }, principal, caller }) {
        await managed(principal, team_id)
        const after = await change(options.directory.teams, team_id, 'team', authorOf(options, caller), (before) => ({ ...before, models: make(before.models, models) }))
        return teamToWire(after, await spendOf(options, { team: after }))
      },
    })
  return [
    route(['/team/model/add'], 'Adds models to those that a team may call.', (before, models) => [...new Set([...before, ...models])]),
    // Without a model an empty list would allow all: what was the last leaves nothing.
    route(['/team/model/delete', '/team/model/remove'], 'Takes models from those that a team may call; the last one leaves none.', (before, models) => {
      const left = before.filter((model) => !models.includes(model))
      return left.length === 0 && before.length > 0 ? ['no-default-models'] : left
    }),
  ]
}
