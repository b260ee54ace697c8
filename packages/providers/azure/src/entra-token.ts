import { GatewayError, type Host } from '@tianjillm/core'
import { asNumber, asRecord, asString, createTokenCache, parseJson, type TokenCache } from '@tianjillm/provider-kit'

/** Renew this long before a token ends. */
const EARLY_MS = 5 * 60_000

export interface EntraOptions {
  readonly authorityHost: string
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
}

/**
 * Access tokens by client credentials, kept and renewed ahead of time.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createEntraTokens(options: EntraOptions, host: Host): TokenCache<string> {
  return createTokenCache({
    clock: host.clock,
    earlyMs: EARLY_MS,
    fetch: async (signal) => {
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: options.clientId, client_secret: options.clientSecret, scope: options.scope })
      const reply = await host.http.send({
        method: 'POST',
        url: `${options.authorityHost.replace(/\/+$/, '')}/${encodeURIComponent(options.tenantId)}/oauth2/v2.0/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      }, { signal })
      const body = asRecord(parseJson(reply.body.toString('utf8')))
      const token = asString(body['access_token'])
      if (reply.status !== 200 || token === undefined) {
        throw new GatewayError('upstream_auth', `Entra ID gave no token for client ${options.clientId} (status ${reply.status}, ${asString(body['error']) ?? 'no reason'}). Check tenant_id, client_id and client_secret.`, { provider: 'azure' })
      }
      return { token, expiresAt: host.clock.now() + (asNumber(Number(body['expires_in'])) ?? 3600) * 1000 }
    },
  })
}
