/**
 * What a route asks of its caller. `public` asks nothing; the others must be granted to the
 * caller's role. Which objects a caller reaches with it is decided where the objects are.
 */
export type Permission = 'public' | 'inference' | 'models:read' | 'keys:read' | 'keys:write' | 'teams:read' | 'teams:write' | 'users:read' | 'users:write' | 'spend:read'

/** Roles of callers, LiteLLM's names. */
export type Role = 'proxy_admin' | 'proxy_admin_viewer' | 'org_admin' | 'team_admin' | 'internal_user' | 'internal_user_viewer'

const reads: readonly Permission[] = ['public', 'inference', 'models:read', 'keys:read', 'teams:read', 'users:read']

const grants: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  proxy_admin: new Set<Permission>([...reads, 'keys:write', 'teams:write', 'users:write', 'spend:read']),
  proxy_admin_viewer: new Set<Permission>(['public', 'models:read', 'keys:read', 'teams:read', 'users:read', 'spend:read']),
  org_admin: new Set<Permission>([...reads, 'keys:write', 'teams:write']),
  team_admin: new Set<Permission>([...reads, 'keys:write', 'teams:write']),
  internal_user: new Set<Permission>([...reads, 'keys:write']),
  internal_user_viewer: new Set<Permission>(reads),
}

/** Whether a role holds a permission. Unknown roles hold none. */
export function roleHolds(role: Role, permission: Permission): boolean {
  return Object.hasOwn(grants, role) && grants[role].has(permission)
}
