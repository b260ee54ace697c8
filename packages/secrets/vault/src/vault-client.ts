import { GatewayError, type Host, type HttpReply } from '@tianjillm/core'
import { asArray, asNumber, asRecord, asString, createTokenCache, type ExchangedToken, headerCredential, parseJson, type TokenCache } from '@tianjillm/provider-kit'
import type { VaultConfig } from './config.ts'

/** Milliseconds for one call. */
const timeouts = { total: 10_000 }

/** Reads from a Vault server. */
export interface VaultClient {
  /** The data of a KV secret's newest version; undefined when there is none. @throws a coded error for anything else */
  read(path: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined>
  close(): void
}

/** Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2 and .../auth/approle */
export function createVaultClient(config: VaultConfig, { http, clock }: Pick<Host, 'http' | 'clock'>): VaultClient {
  const base = config.addr.replace(/\/+$/, '')
  const namespace: Record<string, string> = config.namespace === undefined ? {} : { 'x-vault-namespace': config.namespace }

  const login = async (signal: AbortSignal): Promise<ExchangedToken<string>> => {
    const body = JSON.stringify({ role_id: config.role_id, secret_id: config.secret_id })
    const reply = await http.send({ method: 'POST', url: `${base}/v1/auth/${config.approle_mount}/login`, headers: { ...namespace, 'content-type': 'application/json' }, body, timeouts }, { signal })
    if (reply.status !== 200) throw refusal(reply, 'the AppRole login')
    const auth = asRecord(asRecord(parseJson(reply.body.toString()))['auth'])
    const token = asString(auth['client_token'])
    if (token === undefined) throw new GatewayError('upstream_malformed', 'Vault answered the AppRole login without a token.')
    // A lease of 0 never ends.
    return { token, expiresAt: clock.now() + (asNumber(auth['lease_duration']) || 86_400) * 1000 }
  }
  const tokens: TokenCache<string> | undefined = config.role_id === undefined ? undefined : createTokenCache({ clock, fetch: login })

  const get = async (path: string, token: string, signal: AbortSignal): Promise<HttpReply> => {
    const url = `${base}/v1/${config.mount}/data/${path}`
    return http.send({ method: 'GET', url, headers: namespace, credential: headerCredential({ 'x-vault-token': token }, url), timeouts }, { signal })
  }

  return {
    async read(path, signal) {
      const token: string = tokens ? await tokens.get(signal) : (config.token ?? '')
      let reply = await get(path, token, signal)
      if (reply.status === 403 && tokens !== undefined) {
        // The token may have been revoked before its time.
        tokens.invalidate(token)
        reply = await get(path, await tokens.get(signal), signal)
      }
      const body = asRecord(parseJson(reply.body.toString()))
      if (reply.status === 404 && asArray(body['errors']).length === 0) return undefined
      if (reply.status !== 200) throw refusal(reply, `the secret ${decodeURIComponent(path)}`)
      const data = asRecord(body['data'])['data']
      if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new GatewayError('upstream_malformed', `Vault answered with no KV version 2 data for ${decodeURIComponent(path)}. Is "${config.mount}" a version 2 engine?`)
      return data as Record<string, unknown>
    },
    close: () => tokens?.close(),
  }
}

/** Never quotes the answer: it may repeat what was sent. */
function refusal({ status }: HttpReply, what: string): GatewayError {
  if (status === 403 || status === 401 || status === 400) return new GatewayError('upstream_permission', `Vault refused ${what} (status ${status}). Check the token or role, and its policy.`)
  if (status === 404) return new GatewayError('upstream_not_found', `Vault has no such path for ${what}. Check \`mount\` and \`namespace\`.`)
  return new GatewayError('upstream_error', `Vault answered with status ${status} for ${what}.`)
}

