import { type Permission, presentedKey, type Principal, roleHolds } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'
import type { Settings } from '../settings.ts'

/** What a route asks of its caller. */
interface Door {
  readonly permission: Permission
  readonly paths: readonly string[]
}

/**
 * Who is calling. Undefined only on public routes.
 * @throws `permission_denied` for an address that may not call; `missing_key`, `invalid_key`, `expired_key`, `blocked_key` (constant texts: nothing of the input is repeated)
 */
export function authenticate(exchange: Exchange, route: Door, settings: Settings): Principal | undefined | Promise<Principal> {
  if (route.permission === 'public') return undefined
  settings.addresses?.check(exchange)
  const key = presentedKey((name) => exchange.header(name), settings.keyHeader)
  if (key === undefined || key === '') {
    throw new GatewayError('missing_key', 'No API key was sent. Send it as `Authorization: Bearer sk-...`.')
  }
  const { authenticator } = settings
  const { connection } = exchange
  const last = connection && seen.get(connection)
  if (last?.key === key && authenticator.holds(last.principal)) return last.principal
  const found = authenticator.authenticate(key)
  if (found instanceof Promise) return found.then((principal) => known(principal, key, connection))
  return known(found, key, connection)
}

/** Who came last over a connection: clients keep them, and most requests come from whom the last one came. Spares the hash. */
const seen = new WeakMap<object, { readonly key: string; readonly principal: Principal }>()

function known(principal: Principal | undefined, key: string, connection: object | undefined): Principal {
  if (principal) {
    if (connection) seen.set(connection, { key, principal })
    return principal
  }
  throw new GatewayError('invalid_key', 'The API key is not valid here. Keys start with `sk-`; ask your administrator for one.')
}

/** @throws `permission_denied` */
export function authorize(principal: Principal | undefined, route: Door): void {
  if (route.permission === 'public') return
  if (!principal || !roleHolds(principal.role, route.permission) || principal.narrows?.(route.permission, route.paths) === false) {
    throw new GatewayError('permission_denied', 'The API key may not use this route.')
  }
}
