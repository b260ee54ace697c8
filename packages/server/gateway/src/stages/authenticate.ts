import { presentedKey, type Principal, roleHolds } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'
import type { Route } from '../route.ts'
import type { Settings } from '../settings.ts'

/**
 * Who is calling. Undefined only on public routes.
 * @throws `missing_key`, `invalid_key`, `expired_key`, `blocked_key` (constant texts: nothing of the input is repeated)
 */
export function authenticate(exchange: Exchange, route: Route, settings: Settings): Principal | undefined | Promise<Principal> {
  if (route.permission === 'public') return undefined
  const key = presentedKey((name) => exchange.header(name), settings.keyHeader)
  if (key === undefined || key === '') {
    throw new GatewayError('missing_key', 'No API key was sent. Send it as `Authorization: Bearer sk-...`.')
  }
  const principal = settings.authenticator.authenticate(key)
  return principal instanceof Promise ? principal.then(known) : known(principal)
}

function known(principal: Principal | undefined): Principal {
  if (principal) return principal
  throw new GatewayError('invalid_key', 'The API key is not valid here. Keys start with `sk-`; ask your administrator for one.')
}

/** @throws `permission_denied` */
export function authorize(principal: Principal | undefined, route: Route): void {
  if (route.permission === 'public') return
  if (!principal || !roleHolds(principal.role, route.permission) || principal.narrows?.(route.permission, route.paths) === false) {
    throw new GatewayError('permission_denied', 'The API key may not use this route.')
  }
}
