import { type Credential, GatewayError, type HttpRequest } from '@tianjillm/core'
import { requestHead } from './http1/request-head.ts'
import type { Route } from './pools.ts'
import type { Target } from './target.ts'

/** The head that was sent last to a target, and what it was made from. */
export interface PreparedHead {
  readonly method: HttpRequest['method']
  readonly headers: HttpRequest['headers']
  readonly credential: Credential | undefined
  readonly route: Route
  readonly made: string
}

/**
 * The head to send, up to its length, made once for as long as a target is called with the same objects.
 *
 * @throws `credential_host_mismatch` when the credential is bound to other hosts, and `invalid_request` for a `host`
 * header that names another host and for headers that cannot be sent
 */
export function outgoingHead(request: HttpRequest, target: Target, route: Route): string {
  const { method, headers, credential } = request
  const last = target.head
  if (last !== undefined && last.headers === headers && last.credential === credential && last.method === method && last.route === route) return last.made
  const path = route.absolute ? target.origin + target.path : target.path
  const made = requestHead(method, path, target.host, listHeaders(headers, credential, target, route.proxyAuthorization))
  target.head = { method, headers, credential, route, made }
  return made
}

function listHeaders(headers: HttpRequest['headers'], credential: Credential | undefined, target: Target, proxyAuthorization: string | undefined): [name: string, value: string][] {
  if (credential !== undefined) bind(credential, target)
  const host = hostIn(headers)
  if (host !== undefined && host.toLowerCase() !== target.host) {
    throw new GatewayError('invalid_request', `The host header does not name ${target.host}, where the request goes. Leave it out. Nothing was sent.`)
  }
  const own = credential?.headers
  const list: [string, string][] = []
  for (const name in headers) {
    const value = headers[name]
    const lower = name.toLowerCase()
    if (value === undefined || lower === 'host' || (own !== undefined && Object.hasOwn(own, lower))) continue
    list.push([name, value])
  }
  for (const name in own) {
    const value = own[name]
    if (value !== undefined) list.push([name, value])
  }
  if (proxyAuthorization !== undefined) list.push(['proxy-authorization', proxyAuthorization])
  return list
}

/** The value of a `host` header in any spelling. */
function hostIn(headers: HttpRequest['headers']): string | undefined {
  for (const name in headers) {
    if (name.length === 4 && name.toLowerCase() === 'host') return headers[name]
  }
  return undefined
}

function bind(credential: Credential, target: Target): void {
  if (credential.hosts.includes(target.host)) return
  throw new GatewayError('credential_host_mismatch', `The credential belongs to ${credential.hosts.join(', ') || 'no host'} and was about to be sent to ${target.host}. Nothing was sent.`)
}
