import type { createConnector } from '@tianjillm/connector'
import type { Http } from '@tianjillm/core'
import type { Environment } from './configure-plugin.ts'

/** For plugins that the config file sets up: their addresses are the operator's word, and may be private. */
export function trusting(http: Http): Http {
  return {
    open: (request, handler) => http.open({ trust: 'operator', ...request }, handler),
    send: (request, options) => http.send({ trust: 'operator', ...request }, options),
  }
}

/** For what the API sets up: whatever a plugin says, its addresses are checked. */
export function checking(http: Http): Http {
  return {
    open: (request, handler) => http.open({ ...request, trust: 'checked' }, handler),
    send: (request, options) => http.send({ ...request, trust: 'checked' }, options),
  }
}

/** The environment's proxies and the operator's word on private upstreams, which serve on any port. */
export function connectorOptions(env: Environment, allowPrivate: boolean | undefined): Parameters<typeof createConnector>[0] {
  const allowed = allowPrivate ?? env['TIANJILLM_ALLOW_PRIVATE_UPSTREAMS'] === 'true'
  const pick = (...names: readonly string[]): string | undefined => names.map((name) => env[name]).find((value) => value !== undefined && value !== '')
  const httpProxy = pick('http_proxy', 'HTTP_PROXY')
  const httpsProxy = pick('https_proxy', 'HTTPS_PROXY')
  const noProxy = pick('no_proxy', 'NO_PROXY')
  return {
    allowPrivate: allowed,
    ...(allowed && { allowedPorts: 'any' as const }),
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  }
}
