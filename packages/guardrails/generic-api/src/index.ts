export { genericApiConfig, type GenericApiConfig } from './config.ts'
export { genericApiPlugin } from './plugin.ts'
