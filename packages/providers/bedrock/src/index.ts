export { type BedrockConfig, bedrockConfig } from './config.ts'
export { bedrockPlugin } from './plugin.ts'
