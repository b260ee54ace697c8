export { diskConfig, type DiskConfig } from './config.ts'
export { diskPlugin } from './plugin.ts'
