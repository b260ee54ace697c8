import type { Directory, KeyRecord, OrganizationRecord, Principal, TeamRecord, UserRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'

/** Who stands behind and above a key. */
export interface Above {
  readonly user: UserRecord | undefined
  readonly team: TeamRecord | undefined
  readonly organization: OrganizationRecord | undefined
}

/** Whether the caller administers the whole proxy. */
export function isAdmin(principal: Principal | undefined): boolean {
  return principal?.role === 'proxy_admin'
}

/** Whether the caller may look at everything. */
export function seesAll(principal: Principal | undefined): boolean {
  return isAdmin(principal) || principal?.role === 'proxy_admin_viewer'
}

/** @throws `permission_denied` */
export function adminOnly(principal: Principal | undefined, what: string): void {
  if (!isAdmin(principal)) throw new GatewayError('permission_denied', `Only a proxy admin may ${what}.`)
}

/** @throws `permission_denied` */
export function adminViewOnly(principal: Principal | undefined, what: string): void {
  if (!seesAll(principal)) throw new GatewayError('permission_denied', `Only a proxy admin or a proxy admin viewer may ${what}.`)
}

/**
 * The user as whom the caller manages things of a team (null: of no team). A key of a team may have been made
 * by the team's admin, so it speaks for its user in that team only.
 */
export function actsAs(principal: Principal | undefined, teamId: string | null): string | undefined {
  const bound = principal?.key?.teamId ?? null
  return bound === null || bound === teamId ? principal?.user?.id : undefined
}

/** Whether a key is the caller's to see: its own, its user's, or of a team or organization that the user administers. */
export function mayReadKey(principal: Principal | undefined, key: KeyRecord, above: Above): boolean {
  return seesAll(principal) || principal?.key?.id === key.id || reachesKey(principal, key, above)
}

/** Whether a key is the caller's to change. The answer to "no" is 404, as for a key that is not there. */
export function mayWriteKey(principal: Principal | undefined, key: KeyRecord, above: Above): boolean {
  if (isAdmin(principal)) return true
  // Who gets hold of a key has its user's rights: those of an admin are not a team's to give.
  return reachesKey(principal, key, above) && (key.userId === principal?.user?.id || !isAdministrator(above.user))
}

function reachesKey(principal: Principal | undefined, key: KeyRecord, { team, organization }: Above): boolean {
  const user = actsAs(principal, key.teamId)
  return user !== undefined && (key.userId === user || administers(user, team) || (runs(user, organization) && principal?.key?.teamId === null))
}

/** Whether a user has rights over the whole proxy. */
export function isAdministrator(user: UserRecord | undefined): boolean {
  return user?.role === 'proxy_admin' || user?.role === 'proxy_admin_viewer'
}

export function administers(userId: string, team: TeamRecord | undefined): boolean {
  return team?.members.some((member) => member.userId === userId && member.role === 'admin') ?? false
}

function runs(userId: string, organization: OrganizationRecord | undefined): boolean {
  return organization?.members.some((member) => member.userId === userId && member.role === 'org_admin') ?? false
}

/** Whether the caller manages an organization and what is in it: a proxy admin, or one of its own admins. */
export async function managesOrganization({ organizations }: Directory, principal: Principal | undefined, organizationId: string | null | undefined): Promise<boolean> {
  if (isAdmin(principal)) return true
  const user = actsAs(principal, null)
  if (user === undefined || organizationId === null || organizationId === undefined) return false
  return runs(user, await organizations.get(organizationId))
}

/** Whether the caller manages who is in a team. */
export async function managesMembers(directory: Directory, principal: Principal | undefined, team: TeamRecord): Promise<boolean> {
  const user = actsAs(principal, team.id)
  if (user !== undefined && administers(user, team)) return true
  return managesOrganization(directory, principal, team.organizationId)
}

/**
 * A key with limits of its own makes no keys: those would not have them.
 * @throws `permission_denied`
 */
export function mayHandOn(principal: Principal | undefined): void {
  const key = principal?.key
  if (isAdmin(principal) || !key) return
  const limited = key.budgetId !== null || key.maxBudget !== null || key.budgetLimits.length > 0 || key.rpmLimit !== null || key.tpmLimit !== null || key.maxParallelRequests !== null ||
    [key.modelMaxBudget, key.modelRpmLimit, key.modelTpmLimit].some((limits) => Object.keys(limits).length > 0)
  if (limited || key.models.length > 0 || key.expiresAt !== null || principal.narrows) {
    throw new GatewayError('permission_denied', 'This API key is limited itself, so it may not make or change keys. Use one without models, limits, allowed_routes and expiry, or ask a proxy admin.')
  }
}
