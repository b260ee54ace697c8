import type { ProviderPlugin } from '@tianjillm/core'
import { bearer, createOpenAIAdapters } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { type OpenAIConfig, openaiConfig } from './config.ts'
import { supportsField } from './supports.ts'

/** OpenAI. Source: https://platform.openai.com/docs/api-reference */
export const openaiPlugin: ProviderPlugin<OpenAIConfig> = Object.freeze<ProviderPlugin<OpenAIConfig>>({
  apiVersion: 1,
  kind: 'provider',
  name: 'openai',
  version: manifest.version,
  config: openaiConfig,
  env: { api_key: ['OPENAI_API_KEY'], api_base: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'], organization: ['OPENAI_ORGANIZATION'] },
  create: (config) => ({
    adapters: createOpenAIAdapters({
      provider: 'openai',
      baseUrl: config.api_base,
      credential: bearer(config.api_key, config.api_base),
      headers: {
        ...(config.organization !== undefined && { 'openai-organization': config.organization }),
        ...(config.project !== undefined && { 'openai-project': config.project }),
        ...config.extra_headers,
      },
      supports: supportsField,
    }),
  }),
})
