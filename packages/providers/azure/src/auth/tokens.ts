import { readFile } from 'node:fs/promises'
import { GatewayError, type Host } from '@tianjillm/core'
import { createTokenCache, type ExchangedToken, readIdentityToken, type TokenCache } from '@tianjillm/provider-kit'
import type { AzureConfig } from '../config.ts'
import { askEntra, assertionProof, type EntraGrant, passwordProof, secretProof } from './entra.ts'
import { askManagedIdentity } from './managed-identity.ts'
import { type Way, wayOf } from './way.ts'

/** Renew this long before a token ends. */
const EARLY_MS = 5 * 60_000

/** Access tokens of a config that has no key and no ready token: fetched when first needed, kept, and renewed ahead of their end. */
export function createTokens(config: AzureConfig, host: Host): TokenCache<string> | undefined {
  const ask = askOf(wayOf(config), config, host)
  return ask && createTokenCache({
    clock: host.clock,
    earlyMs: EARLY_MS,
    fetch: ask,
    onRenewalError: (error) => host.log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'The Entra ID token could not be renewed; the old one is used to its end.'),
  })
}

function askOf(way: Way, config: AzureConfig, host: Host): ((signal: AbortSignal) => Promise<ExchangedToken<string>>) | undefined {
  const { client_id: clientId = '', tenant_id: tenantId, azure_scope: scope } = config
  const entra = async (grant: Omit<EntraGrant, 'clientId'>, signal: AbortSignal): Promise<ExchangedToken<string>> => askEntra({ ...grant, clientId }, config.azure_authority_host, scope, host, signal)
  switch (way) {
    case 'secret': return async (signal) => entra({ tenantId: tenantId!, proof: secretProof(config.client_secret!), advice: 'Check tenant_id, client_id, client_secret and azure_scope.' }, signal)
    // As azure-identity has it: users of any organization, unless the tenant is named.
    case 'password': return async (signal) => entra({ tenantId: tenantId ?? 'organizations', proof: passwordProof(config.azure_username!, config.azure_password!), advice: 'Check client_id, azure_username, azure_password and tenant_id. Users with a second factor cannot sign in this way.' }, signal)
    case 'federated': return async (signal) => entra({ tenantId: tenantId!, proof: assertionProof(await assertionOf(config, host, signal)), advice: 'Check tenant_id, client_id, and that the application has a federated credential for the issuer, subject and audience of the token.' }, signal)
    case 'managed': return async (signal) => askManagedIdentity(config, scope, host, signal)
    default: return undefined
  }
}

/** Read at each exchange: others renew it. */
async function assertionOf({ azure_ad_token: reference, azure_federated_token_file: file }: AzureConfig, { http }: Host, signal: AbortSignal): Promise<string> {
  if (reference !== undefined && !/^oidc\/azure(?:\/|$)/.test(reference)) return readIdentityToken(reference, { http, signal, option: 'azure_ad_token', provider: 'azure' })
  const token = await readFile(file!, 'utf8').catch((cause: unknown) => {
    throw new GatewayError('upstream_auth', 'azure: the file of azure_federated_token_file (AZURE_FEDERATED_TOKEN_FILE) cannot be read.', { provider: 'azure', cause })
  })
  if (token.trim() === '') throw new GatewayError('upstream_auth', 'azure: the file of azure_federated_token_file (AZURE_FEDERATED_TOKEN_FILE) is empty.', { provider: 'azure' })
  return token.trim()
}
