import type { ArchivePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { s3Config, type S3Config } from './config.ts'
import { createS3Archive } from './s3-archive.ts'

/** Keeps objects in a bucket of Amazon S3, or of a store that speaks S3. */
export const s3Plugin: ArchivePlugin<S3Config> = Object.freeze({
  apiVersion: 1,
  kind: 'archive',
  name: 's3',
  version: manifest.version,
  config: s3Config,
  env: {
    s3_aws_access_key_id: ['AWS_ACCESS_KEY_ID'],
    s3_aws_secret_access_key: ['AWS_SECRET_ACCESS_KEY'],
    s3_aws_session_token: ['AWS_SESSION_TOKEN'],
    s3_region_name: ['AWS_REGION_NAME', 'AWS_REGION', 'AWS_DEFAULT_REGION'],
    s3_endpoint_url: ['AWS_ENDPOINT_URL_S3'],
  },
  create: (config: S3Config, host: Host) => createS3Archive(config, host),
})
