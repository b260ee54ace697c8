import { type Credential, GatewayError, type HttpRequest } from '@tianjillm/core'
import type { Target } from './target.ts'

/** Headers as undici takes them: the caller's own object when nothing is added, else a flat list of names and values. */
export type OutgoingHeaders = Record<string, string> | string[]

/** What was sent last to a target, and what it was made from. */
export interface PreparedHeaders {
  readonly headers: HttpRequest['headers']
  readonly credential: Credential | undefined
  readonly proxyAuthorization: string | undefined
  readonly made: OutgoingHeaders | undefined
}

/**
 * The headers to send, made once for as long as a target is called with the same objects. Throws `credential_host_mismatch` when the credential is bound to other
 * hosts, and `invalid_request` for a `host` header that names another host.
 */
export function outgoingHeaders(request: HttpRequest, target: Target, proxyAuthorization: string | undefined): OutgoingHeaders | undefined {
  const { headers, credential } = request
  const last = target.headers
  if (last !== undefined && last.headers === headers && last.credential === credential && last.proxyAuthorization === proxyAuthorization) return last.made
  const made = makeHeaders(headers, credential, target, proxyAuthorization)
  target.headers = { headers, credential, proxyAuthorization, made }
  return made
}

function makeHeaders(headers: HttpRequest['headers'], credential: Credential | undefined, target: Target, proxyAuthorization: string | undefined): OutgoingHeaders | undefined {
  if (credential !== undefined) bind(credential, target)
  const host = hostIn(headers)
  if (host !== undefined && host.toLowerCase() !== target.host) {
    throw new GatewayError('invalid_request', `The host header does not name ${target.host}, where the request goes. Leave it out. Nothing was sent.`)
  }
  if (credential === undefined && proxyAuthorization === undefined && host === undefined) return headers
  return merge(headers, credential, proxyAuthorization)
}

function merge(headers: HttpRequest['headers'], credential: Credential | undefined, proxyAuthorization: string | undefined): string[] {
  const own = credential?.headers
  const list: string[] = []
  if (headers !== undefined) {
    for (const name in headers) {
      const value = headers[name]
      const lower = name.toLowerCase()
      if (value === undefined || lower === 'host' || (own !== undefined && Object.hasOwn(own, lower))) continue
      list.push(name, value)
    }
  }
  if (own !== undefined) {
    for (const name in own) {
      const value = own[name]
      if (value !== undefined) list.push(name, value)
    }
  }
  if (proxyAuthorization !== undefined) list.push('proxy-authorization', proxyAuthorization)
  return list
}

/** The value of a `host` header in any spelling; undici would send it, and take it as the TLS server name. */
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
