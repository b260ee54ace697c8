import type { ProviderPlugin } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { createAnthropicChatAdapter } from './adapter.ts'
import { type AnthropicConfig, anthropicConfig } from './config.ts'
import { createTargets } from './target.ts'

/** Anthropic's Messages API. Source: https://platform.claude.com/docs/en/api/messages */
export const anthropicPlugin: ProviderPlugin<AnthropicConfig> = Object.freeze<ProviderPlugin<AnthropicConfig>>({
  apiVersion: 1,
  kind: 'provider',
  name: 'anthropic',
  version: manifest.version,
  config: anthropicConfig,
  env: { api_key: ['ANTHROPIC_API_KEY'], api_base: ['ANTHROPIC_API_BASE', 'ANTHROPIC_BASE_URL'] },
  create: (config) => ({
    adapters: { chat: createAnthropicChatAdapter({ provider: 'anthropic', target: createTargets(config) }) },
  }),
})
