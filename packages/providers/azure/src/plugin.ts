import type { ProviderPlugin, UpstreamRequest } from '@tianjillm/core'
import { bearer, createOpenAIAdapters, headerCredential } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { type AzureConfig, azureConfig } from './config.ts'
import { createEntraTokens } from './entra-token.ts'
import { createTargets } from './target.ts'

/** Azure OpenAI. Source: https://learn.microsoft.com/azure/ai-services/openai/reference */
export const azurePlugin: ProviderPlugin<AzureConfig> = Object.freeze<ProviderPlugin<AzureConfig>>({
  apiVersion: 1,
  kind: 'provider',
  name: 'azure',
  version: manifest.version,
  config: azureConfig,
  env: {
    api_key: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
    api_base: ['AZURE_API_BASE', 'AZURE_OPENAI_ENDPOINT'],
    api_version: ['AZURE_API_VERSION'],
    azure_ad_token: ['AZURE_AD_TOKEN'],
    tenant_id: ['AZURE_TENANT_ID'],
    client_id: ['AZURE_CLIENT_ID'],
    client_secret: ['AZURE_CLIENT_SECRET'],
    azure_scope: ['AZURE_SCOPE'],
    azure_authority_host: ['AZURE_AUTHORITY_HOST'],
  },
  create(config, host) {
    const { api_base: base, api_key: key, azure_ad_token: token, tenant_id: tenantId, client_id: clientId, client_secret: clientSecret } = config
    const fixed = key !== undefined ? headerCredential({ 'api-key': key }, base) : token !== undefined ? bearer(token, base) : undefined
    const tokens = !fixed && tenantId !== undefined && clientId !== undefined && clientSecret !== undefined
      ? createEntraTokens({ authorityHost: config.azure_authority_host, tenantId, clientId, clientSecret, scope: config.azure_scope }, host)
      : undefined
    return {
      adapters: createOpenAIAdapters({
        provider: 'azure',
        baseUrl: base,
        target: createTargets({ apiBase: base, apiVersion: config.api_version, headers: config.extra_headers, credential: fixed }),
        ...(tokens && {
          authorize: async (request: UpstreamRequest) => ({ ...request, credential: bearer(await tokens.get(), base) }),
          onRefused: () => tokens.invalidate(),
        }),
      }),
      close: () => tokens?.close(),
    }
  },
})
