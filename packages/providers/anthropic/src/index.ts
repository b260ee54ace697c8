export { type AnthropicAdapterOptions, createAnthropicChatAdapter } from './adapter.ts'
export { type AnthropicConfig, anthropicConfig } from './config.ts'
export { anthropicPlugin } from './plugin.ts'
