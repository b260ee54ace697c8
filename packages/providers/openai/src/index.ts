export { type OpenAIConfig, openaiConfig } from './config.ts'
export { openaiPlugin } from './plugin.ts'
