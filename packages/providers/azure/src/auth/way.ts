import type { AzureOptions } from '../config.ts'

/** How a deployment proves itself. */
export type Way = 'key' | 'token' | 'secret' | 'password' | 'federated' | 'managed' | 'none'

/**
 * The first way for which a config has all it needs, in LiteLLM's order; the machine's own identity comes last, as in
 * `DefaultAzureCredential`. `azure_credential` (AZURE_CREDENTIAL) says which of the credentials of the environment is meant.
 */
export function wayOf(config: AzureOptions): Way {
  const { azure_ad_token: token, tenant_id: tenant, client_id: client, azure_federated_token_file: file, azure_credential: wanted } = config
  const may = (kind: string): boolean => wanted === undefined || wanted === 'DefaultAzureCredential' || wanted === kind
  const has = { tenant: tenant !== undefined && client !== undefined, appService: config.azure_identity_endpoint !== undefined && config.azure_identity_header !== undefined }
  if (config.api_key !== undefined) return 'key'
  if (token !== undefined && !token.startsWith('oidc/')) return 'token'
  if (token !== undefined) {
    const own = /^oidc\/azure(?:\/|$)/.test(token)
    return has.tenant && (!own || file !== undefined) ? 'federated' : own && file === undefined ? 'managed' : 'none'
  }
  if (client !== undefined && config.azure_username !== undefined && config.azure_password !== undefined) return 'password'
  if (has.tenant && config.client_secret !== undefined && (may('ClientSecretCredential') || wanted === 'EnvironmentCredential')) return 'secret'
  if (has.tenant && file !== undefined && may('WorkloadIdentityCredential')) return 'federated'
  if (!may('ManagedIdentityCredential')) return 'none'
  return has.appService || config.enable_azure_ad_token_refresh || wanted !== undefined ? 'managed' : 'none'
}
