export { localConfig, type LocalConfig } from './config.ts'
export { localPlugin } from './plugin.ts'
