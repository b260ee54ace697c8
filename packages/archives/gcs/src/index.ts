export { gcsConfig, type GcsConfig } from './config.ts'
export { gcsPlugin } from './plugin.ts'
