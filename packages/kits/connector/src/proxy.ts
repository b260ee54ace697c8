import { GatewayError } from '@tianjillm/core'
import { BlockList, isIP } from 'node:net'
import type { ConnectorOptions } from './options.ts'
import type { Target } from './target.ts'

/** A forward proxy. */
export interface Proxy {
  readonly protocol: 'http:' | 'https:'
  readonly origin: string
  readonly hostname: string
  readonly host: string
  readonly port: string
  /** Value of `proxy-authorization`. */
  readonly authorization: string | undefined
}

/** Which proxy a target goes through. Throws `invalid_config` when a proxy URL is not one. */
export function createProxies(options: ConnectorOptions): (target: Target) => Proxy | undefined {
  const http = parse('httpProxy', options.httpProxy)
  const https = parse('httpsProxy', options.httpsProxy)
  if (http === undefined && https === undefined) return () => undefined
  const direct = exceptions(options.noProxy ?? '')
  return (target) => {
    const proxy = target.protocol === 'https:' ? https : http
    return proxy === undefined || direct(target) ? undefined : proxy
  }
}

function parse(option: string, text: string | undefined): Proxy | undefined {
  if (text === undefined || text === '') return undefined
  // As curl does: an address without scheme is an http: proxy.
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new GatewayError('invalid_config', `${option} is not the URL of an http: or https: proxy.`, { param: option })
  }
  const { username, password, protocol } = url
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    protocol,
    origin: url.origin,
    hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    host: url.host,
    port: url.port === '' ? (protocol === 'https:' ? '443' : '80') : url.port,
    authorization: username === '' && password === '' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`,
  }
}

/** The rules of NO_PROXY as Go's httpproxy package documents them; a name also covers its subdomains. */
function exceptions(text: string): (target: Target) => boolean {
  const rules = text.split(',').map((part) => part.trim().toLowerCase()).filter((part) => part !== '').map(rule)
  return (target) => rules.some((matches) => matches(target))
}

function rule(entry: string): (target: Target) => boolean {
  if (entry === '*') return () => true
  const [net = '', bits] = entry.split('/')
  const family = isIP(net)
  if (bits !== undefined) {
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) throw new GatewayError('invalid_config', `noProxy: "${entry}" is not an address range.`, { param: 'noProxy' })
    return range(net, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  const [, bare = entry, port] = (family === 0 ? /^(.*?)(?::(\d+))?$/.exec(entry) : null) ?? []
  const name = bare.replace(/^\[|\]$/g, '').replace(/^\*?\./, '')
  return ({ hostname, port: targetPort }) =>
    (port === undefined || Number(port) === targetPort) && (hostname === name || (isIP(hostname) === 0 && hostname.endsWith(`.${name}`)))
}

function range(net: string, bits: number, family: 'ipv4' | 'ipv6'): (target: Target) => boolean {
  const list = new BlockList()
  list.addSubnet(net, bits, family)
  return ({ hostname }) => {
    const is = isIP(hostname)
    return is !== 0 && list.check(hostname, is === 4 ? 'ipv4' : 'ipv6')
  }
}
