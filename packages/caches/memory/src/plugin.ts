import type { CachePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { memoryConfig, type MemoryConfig } from './config.ts'
import { createMemoryCache } from './memory-cache.ts'

/** Keeps answers in this process. */
export const memoryPlugin: CachePlugin<MemoryConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'cache',
  name: 'memory',
  aliases: ['local'],
  version: manifest.version,
  config: memoryConfig,
  create: (config: MemoryConfig, { clock }: Host) => createMemoryCache(config, clock),
})
