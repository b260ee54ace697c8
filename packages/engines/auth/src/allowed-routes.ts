import type { Permission } from './permission.ts'
import type { KeyRecord, KeyType } from './records.ts'

/** Names for groups of routes in `allowed_routes`, LiteLLM's. */
const groups: Readonly<Record<string, (permission: Permission) => boolean>> = {
  llm_api_routes: (permission) => permission === 'inference' || permission === 'models:read',
  openai_routes: (permission) => permission === 'inference' || permission === 'models:read',
  management_routes: (permission) => /^(?:keys|teams|users|organizations|budgets|customers|tags|limits|audit|models|credentials|config):/.test(permission),
  info_routes: (permission) => permission.endsWith(':read'),
}

const types: Readonly<Record<KeyType, ((permission: Permission) => boolean) | undefined>> = {
  default: undefined,
  llm_api: groups['llm_api_routes'],
  management: (permission) => permission !== 'inference',
  read_only: groups['info_routes'],
}

/** Whether a text of `allowed_routes` means something: a path, a path with `*` at its end, or a group. */
export function isRouteName(text: string): boolean {
  return Object.hasOwn(groups, text) || /^\/[^*\s]*\*?$/.test(text)
}

/**
 * What `key_type` and `allowed_routes` leave of a role's rights, or undefined when they take nothing away.
 * They only ever narrow.
 */
export function narrowing({ keyType, allowedRoutes }: Pick<KeyRecord, 'keyType' | 'allowedRoutes'>): ((permission: Permission, paths: readonly string[]) => boolean) | undefined {
  const byType = types[keyType]
  if (!byType && allowedRoutes.length === 0) return undefined
  const named = allowedRoutes.filter((text) => Object.hasOwn(groups, text)).map((text) => groups[text]!)
  const paths = new Set(allowedRoutes.filter((text) => text.startsWith('/') && !text.endsWith('*')))
  const prefixes = allowedRoutes.filter((text) => text.startsWith('/') && text.endsWith('*')).map((text) => text.slice(0, -1))
  const listed = (permission: Permission, route: readonly string[]): boolean =>
    named.some((group) => group(permission)) || route.some((path) => paths.has(path) || prefixes.some((prefix) => path.startsWith(prefix)))
  return (permission, route) => (!byType || byType(permission)) && (allowedRoutes.length === 0 || listed(permission, route))
}
