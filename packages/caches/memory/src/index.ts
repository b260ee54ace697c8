export { memoryConfig, type MemoryConfig } from './config.ts'
export { memoryPlugin } from './plugin.ts'
