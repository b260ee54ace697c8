import { GatewayError, type Host, type HttpReply, isGatewayError } from '@tianjillm/core'
import { type ExchangedToken, headerCredential } from '@tianjillm/provider-kit'
import type { AzureConfig } from '../config.ts'
import { tokenIn } from './token-reply.ts'

const ADVICE = 'Check that the identity is assigned to this machine, and client_id (AZURE_CLIENT_ID) where it is a user-assigned one.'

/** Whether this is App Service, Functions or Container Apps, which have an address of their own for their identity. */
export function hasAppService({ azure_identity_endpoint: endpoint, azure_identity_header: header }: AzureConfig): boolean {
  return endpoint !== undefined && header !== undefined
}

/**
 * Asks for a token of the machine's managed identity: at the address that App Service names
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference), else at the metadata service of
 * virtual machines (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token).
 */
export async function askManagedIdentity(config: AzureConfig, scope: string, { http, clock }: Pick<Host, 'http' | 'clock'>, signal: AbortSignal): Promise<ExchangedToken<string>> {
  const appService = hasAppService(config)
  const endpoint = appService ? config.azure_identity_endpoint! : `${config.azure_imds_endpoint.replace(/\/+$/, '')}/metadata/identity/oauth2/token`
  const url = new URL(endpoint)
  url.searchParams.set('api-version', appService ? '2019-08-01' : '2018-02-01')
  url.searchParams.set('resource', scope.replace(/\/\.default$/, ''))
  if (config.client_id !== undefined) url.searchParams.set('client_id', config.client_id)
  const reply: HttpReply = await http.send({
    method: 'GET', url: url.href, trust: 'operator', timeouts: { connect: 2000, total: 20_000 },
    ...(appService ? { credential: headerCredential({ 'x-identity-header': config.azure_identity_header! }, url.href) } : { headers: { metadata: 'true' } }),
  }, { signal, maxBytes: 1024 * 1024 }).catch((cause: unknown) => { throw unreachable(cause) })
  return tokenIn(reply, clock.now(), 'the managed identity', ADVICE)
}

function unreachable(cause: unknown): unknown {
  if (!isGatewayError(cause) || (cause.code !== 'upstream_unreachable' && cause.code !== 'address_refused' && cause.code !== 'upstream_timeout')) return cause
  const why = cause.code === 'address_refused' ? 'managed identities are for models of the config file only' : 'no managed identity answers here'
  return new GatewayError('upstream_auth', `azure: No credentials: ${why}. Set api_key, azure_ad_token, tenant_id with client_id and client_secret, or client_id with azure_username and azure_password.`, { provider: 'azure', cause })
}
