import type { KeyRecord, Principal, TeamRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'

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

/** Whether a key is the caller's to see: its own, its user's, or of a team that the user administers. */
export function mayReadKey(principal: Principal | undefined, key: KeyRecord, team: TeamRecord | undefined): boolean {
  if (seesAll(principal) || principal?.key?.id === key.id) return true
  return mayWriteKey(principal, key, team)
}

/** Whether a key is the caller's to change. The answer to "no" is 404, as for a key that is not there. */
export function mayWriteKey(principal: Principal | undefined, key: KeyRecord, team: TeamRecord | undefined): boolean {
  if (isAdmin(principal)) return true
  const user = principal?.user?.id
  return user !== undefined && (key.userId === user || administers(user, team))
}

export function administers(userId: string, team: TeamRecord | undefined): boolean {
  return team?.members.some((member) => member.userId === userId && member.role === 'admin') ?? false
}

/**
 * A key with limits of its own makes no keys: those would not have them.
 * @throws `permission_denied`
 */
export function mayHandOn(principal: Principal | undefined): void {
  const key = principal?.key
  if (isAdmin(principal) || !key) return
  const limited = key.maxBudget !== null || key.budgetLimits.length > 0 || key.rpmLimit !== null || key.tpmLimit !== null || key.maxParallelRequests !== null ||
    [key.modelMaxBudget, key.modelRpmLimit, key.modelTpmLimit].some((limits) => Object.keys(limits).length > 0)
  if (limited || key.models.length > 0 || key.expiresAt !== null || principal.narrows) {
    throw new GatewayError('permission_denied', 'This API key is limited itself, so it may not make or change keys. Use one without models, limits, allowed_routes and expiry, or ask a proxy admin.')
  }
}
