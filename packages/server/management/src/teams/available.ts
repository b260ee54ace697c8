import type { Principal, TeamRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { type ManagementOptions, spendOf } from '../service.ts'
import { teamAnswer, teamToWire } from './wire.ts'

/** What a request to put users into a team says of them. */
interface Wanted {
  readonly member: { readonly user_id?: string | null | undefined; readonly role: string } | readonly unknown[]
  readonly limits: Readonly<Record<string, unknown>>
}

/** Whether the caller joins, by itself and as a plain member, a team that the operator holds open (`default_internal_user_params.available_teams`). */
export function joins({ newUsers }: ManagementOptions, principal: Principal | undefined, team: TeamRecord, { member, limits }: Wanted): boolean {
  const self = principal?.key?.teamId === null ? principal.user?.id : undefined
  return self !== undefined && newUsers?.available_teams?.includes(team.id) === true && !('length' in member) && member.user_id === self && member.role === 'user' && Object.values(limits).every((value) => value === undefined)
}

/** `/team/available`: the teams that the caller may join with `/team/member_add`. */
export function availableRoute(options: ManagementOptions): DocumentedRoute {
  const { directory: { teams }, newUsers } = options
  return defineRoute({
    method: 'GET', paths: ['/team/available'], permission: 'teams:read', tag: 'Teams', summary: 'Teams that are held open for everybody (`default_internal_user_params.available_teams`) and that the caller is not in: POST /team/member_add with its own user_id joins one.',
    answer: v.array(teamAnswer),
    async handle({ principal }) {
      const self = principal?.user?.id
      const found = await Promise.all((newUsers?.available_teams ?? []).map((id) => teams.get(id)))
      const open = found.filter((team) => team !== undefined).filter(({ members, blocked }) => !blocked && !members.some(({ userId }) => userId === self))
      return Promise.all(open.map(async (team) => teamToWire(team, await spendOf(options, { team }))))
    },
  })
}
