import type { Principal, TeamRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { managesMembers } from '../access.ts'
import { words } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id } from '../fields.ts'
import { authorOf, change, type ManagementOptions, notFound, spendOf } from '../service.ts'
import { memberPermissionsField, permissions, permissionsOf } from './member-permissions.ts'
import { teamAnswer, teamToWire } from './wire.ts'

/** `/team/permissions_list` and `/team/permissions_update`: what members who are no admins may do with keys of their team. */
export function permissionRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const { teams } = directory
  const managed = async (principal: Principal | undefined, teamId: string): Promise<TeamRecord> => {
    const team = await teams.get(teamId)
    if (!team || !(await managesMembers(directory, principal, team))) throw notFound('team')
    return team
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/team/permissions_list'], permission: 'teams:read', tag: 'Teams', summary: 'What members may do with keys of the team, and what they could be allowed.', search: v.object({ team_id: id }),
      answer: v.object({ team_id: v.string(), team_member_permissions: words, all_available_permissions: words }),
      async handle({ search: { team_id }, principal }) {
        return { team_id, team_member_permissions: permissionsOf(await managed(principal, team_id)), all_available_permissions: permissions }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/team/permissions_update'], permission: 'teams:write', tag: 'Teams', summary: 'Sets what members may do with keys of the team; null goes back to the default.',
      body: v.strictObject({ team_id: id, team_member_permissions: memberPermissionsField }), example: { team_id: 'search', team_member_permissions: ['/key/generate', '/key/info'] },
      answer: teamAnswer,
      async handle({ body: { team_id, team_member_permissions: given }, principal, caller }) {
        await managed(principal, team_id)
        if (given === undefined) throw new GatewayError('invalid_request', 'Send `team_member_permissions`, or null for the default.', { param: 'team_member_permissions' })
        const team = await change(teams, team_id, 'team', authorOf(options, caller), (before) => ({ ...before, memberPermissions: given }))
        return teamToWire(team, await spendOf(options, { team }))
      },
    }),
  ]
}
