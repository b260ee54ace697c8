import type { Principal, TeamRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { actsAs, managesMembers } from '../access.ts'
import { patch } from '../fields.ts'
import type { ManagementOptions } from '../service.ts'

/** What a team may let its members do with its keys, LiteLLM's words: each word is a route. */
export const permissions = [
  '/key/generate', '/key/update', '/key/delete', '/key/regenerate', '/key/{key_id}/regenerate', '/key/service-account/generate', '/key/info', '/key/health', '/key/list', '/key/aliases',
] as const
export type MemberPermission = (typeof permissions)[number]

/** LiteLLM's: members look at their keys, and the team's admins make them. */
const unlessSaid: readonly MemberPermission[] = ['/key/info', '/key/health']
/** One route under two paths. */
const alike: Partial<Record<MemberPermission, MemberPermission>> = { '/key/regenerate': '/key/{key_id}/regenerate' }

export const memberPermissionsField = patch(v.array(v.picklist(permissions, `must be one of ${permissions.join(', ')}`)))

/** What members who are no admins may do with keys of the team. */
export function permissionsOf({ memberPermissions }: TeamRecord): readonly string[] {
  return memberPermissions ?? unlessSaid
}

/** Whether the team lets the user, who is in it and no admin of it, do this with its keys. */
export function lets(team: TeamRecord, userId: string | undefined, route: MemberPermission): boolean {
  const given = permissionsOf(team)
  return userId !== undefined && team.members.some((member) => member.userId === userId) && (given.includes(route) || given.includes(alike[route] ?? route))
}

/**
 * Refuses what the team does not let its members do with its keys. Those who manage its members may all.
 * @throws `permission_denied`
 */
export async function checkMember({ directory }: ManagementOptions, principal: Principal | undefined, team: TeamRecord | undefined, route: MemberPermission): Promise<void> {
  if (!team || (await managesMembers(directory, principal, team)) || lets(team, actsAs(principal, team.id), route)) return
  throw new GatewayError('permission_denied', `The team lets its members do this with its keys: ${permissionsOf(team).join(', ') || 'nothing'}. Ask one of its admins to allow ${route} (POST /team/permissions_update).`, { param: route })
}
