import type { CachePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { diskConfig, type DiskConfig } from './config.ts'
import { createDiskCache } from './disk-cache.ts'

/** Keeps answers in a folder. */
export const diskPlugin: CachePlugin<DiskConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'cache',
  name: 'disk',
  version: manifest.version,
  config: diskConfig,
  create: (config: DiskConfig, host: Host) => createDiskCache(config, host),
})
