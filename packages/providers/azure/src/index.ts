export { type AzureConfig, azureConfig } from './config.ts'
export { azurePlugin } from './plugin.ts'
