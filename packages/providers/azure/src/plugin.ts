import type { ProviderPlugin, UpstreamRequest } from '@tianjillm/core'
import { bearer, createOpenAIAdapters, headerCredential } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { createTokens } from './auth/tokens.ts'
import { wayOf } from './auth/way.ts'
import { type AzureConfig, azureConfig } from './config.ts'
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
    azure_username: ['AZURE_USERNAME'],
    azure_password: ['AZURE_PASSWORD'],
    azure_credential: ['AZURE_CREDENTIAL'],
    azure_federated_token_file: ['AZURE_FEDERATED_TOKEN_FILE'],
    azure_identity_endpoint: ['IDENTITY_ENDPOINT'],
    azure_identity_header: ['IDENTITY_HEADER'],
    azure_imds_endpoint: ['AZURE_POD_IDENTITY_AUTHORITY_HOST'],
  },
  create(config, host) {
    const { api_base: base, api_key: key, azure_ad_token: token } = config
    const way = wayOf(config)
    const fixed = way === 'key' ? headerCredential({ 'api-key': key! }, base) : way === 'token' ? bearer(token!, base) : undefined
    const tokens = createTokens(config, host)
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
