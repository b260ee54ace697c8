import type { ArchivePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { gcsConfig, type GcsConfig } from './config.ts'
import { createGcsArchive } from './gcs-archive.ts'
import { readKey } from './read-key.ts'

/** Keeps objects in a bucket of Google Cloud Storage. */
export const gcsPlugin: ArchivePlugin<GcsConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'archive',
  name: 'gcs',
  version: manifest.version,
  config: gcsConfig,
  env: { gcs_bucket_name: ['GCS_BUCKET_NAME'], gcs_path_service_account: ['GCS_PATH_SERVICE_ACCOUNT', 'GOOGLE_APPLICATION_CREDENTIALS'] },
  create: async (config: GcsConfig, host: Host) => createGcsArchive(config, await readKey(config.gcs_path_service_account), host),
})
