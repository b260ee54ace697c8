import type { ArchivePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { s3Config, type S3Config } from './config.ts'
import { openS3Credentials } from './credentials.ts'
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
    s3_aws_profile_name: ['AWS_PROFILE_NAME'],
    s3_aws_config_file: ['AWS_CONFIG_FILE'],
    s3_aws_shared_credentials_file: ['AWS_SHARED_CREDENTIALS_FILE'],
    s3_aws_default_profile: ['AWS_PROFILE'],
    s3_aws_pod_role_arn: ['AWS_ROLE_ARN'],
    s3_aws_pod_token_file: ['AWS_WEB_IDENTITY_TOKEN_FILE'],
    s3_aws_container_credentials_relative_uri: ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
    s3_aws_container_credentials_full_uri: ['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
    s3_aws_container_authorization_token_file: ['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
    s3_region_name: ['AWS_REGION_NAME', 'AWS_REGION', 'AWS_DEFAULT_REGION'],
    s3_endpoint_url: ['AWS_ENDPOINT_URL_S3'],
  },
  create: async (config: S3Config, host: Host) => createS3Archive(config, await openS3Credentials(config, host), host),
})
