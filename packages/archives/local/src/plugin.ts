import type { ArchivePlugin } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { localConfig, type LocalConfig } from './config.ts'
import { createFolderArchive } from './folder-archive.ts'

/** Keeps objects as files in a folder of this machine. */
export const localPlugin: ArchivePlugin<LocalConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'archive',
  name: 'local',
  version: manifest.version,
  config: localConfig,
  create: ({ archive_dir: folder }: LocalConfig) => createFolderArchive(folder),
})
