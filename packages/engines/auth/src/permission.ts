/**
 * What a route asks of its caller. `public` asks nothing; the others must be granted to the
 * caller's role. Which objects a caller reaches with it is decided where the objects are.
 */
export type Permission =
  | 'public' | 'inference' | 'models:read' | 'keys:read' | 'keys:write' | 'teams:read' | 'teams:write' | 'users:read' | 'users:write'
  | 'organizations:read' | 'organizations:write' | 'budgets:read' | 'budgets:write' | 'customers:read' | 'customers:write' | 'tags:read' | 'tags:write'
  | 'models:write' | 'credentials:read' | 'credentials:write' | 'config:read' | 'config:write' | 'cache:read' | 'cache:write'
  | 'limits:read' | 'spend:read' | 'audit:read' | 'archives:read' | 'archives:write'

/** Roles of callers, LiteLLM's names. */
export type Role = 'proxy_admin' | 'proxy_admin_viewer' | 'internal_user' | 'internal_user_viewer'

const reads: readonly Permission[] = ['public', 'inference', 'models:read', 'keys:read', 'teams:read', 'users:read', 'organizations:read', 'limits:read', 'spend:read']
/** What a user may be asked for that administers a team or an organization; which ones, the routes decide. */
const administers: readonly Permission[] = [...reads, 'keys:write', 'teams:write', 'organizations:write']
const sees: readonly Permission[] = ['budgets:read', 'customers:read', 'tags:read', 'credentials:read', 'config:read', 'cache:read', 'audit:read', 'archives:read']

const grants: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  proxy_admin: new Set<Permission>([...administers, ...sees, 'users:write', 'budgets:write', 'customers:write', 'tags:write', 'models:write', 'credentials:write', 'config:write', 'cache:write', 'archives:write']),
  proxy_admin_viewer: new Set<Permission>(['public', ...reads.filter((permission) => permission !== 'inference'), ...sees]),
  internal_user: new Set<Permission>(administers),
  internal_user_viewer: new Set<Permission>(reads),
}

/** Whether a role holds a permission. Unknown roles hold none. */
export function roleHolds(role: Role, permission: Permission): boolean {
  return Object.hasOwn(grants, role) && grants[role].has(permission)
}
