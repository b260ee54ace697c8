import type { Host } from '@tianjillm/core'
import type { ExchangedToken } from '@tianjillm/provider-kit'
import { tokenIn } from './token-reply.ts'

/** How an application proves itself to Entra ID. */
export interface EntraGrant {
  readonly tenantId: string
  readonly clientId: string
  /** Fields of the grant, secrets among them. */
  readonly proof: Readonly<Record<string, string>>
  /** What to check when no token is given. */
  readonly advice: string
}

/** By a secret. Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#first-case-access-token-request-with-a-shared-secret */
export function secretProof(secret: string): EntraGrant['proof'] {
  return { grant_type: 'client_credentials', client_secret: secret }
}

/** By a token that another issuer gave. Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential */
export function assertionProof(token: string): EntraGrant['proof'] {
  return { grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: token }
}

/** By a user's password. Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc */
export function passwordProof(username: string, password: string): EntraGrant['proof'] {
  return { grant_type: 'password', username, password }
}

/** Asks Entra ID for an access token. @throws `upstream_auth` when it refuses, or what the connector throws */
export async function askEntra({ tenantId, clientId, proof, advice }: EntraGrant, authority: string, scope: string, { http, clock }: Pick<Host, 'http' | 'clock'>, signal: AbortSignal): Promise<ExchangedToken<string>> {
  const reply = await http.send({
    method: 'POST',
    url: `${authority.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: clientId, scope, ...proof }).toString(),
  }, { signal, maxBytes: 1024 * 1024 })
  return tokenIn(reply, clock.now(), `Entra ID, asked for client ${clientId},`, advice)
}
