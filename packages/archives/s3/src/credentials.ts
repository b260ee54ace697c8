import type { Host } from '@tianjillm/core'
import { type AwsCredentialOptions, type CredentialSource, openCredentials } from '@tianjillm/provider-kit/aws'
import type { S3Config } from './config.ts'

const BEGINNING = 's3_aws_'
const WAYS = 'set s3_aws_access_key_id and s3_aws_secret_access_key, s3_aws_profile_name, or s3_aws_role_name with a web identity token.'

/** What signs the requests: the options of AWS stand in the config with `s3_` before their names. @throws `upstream_auth` when a profile cannot be used */
export function openS3Credentials(config: S3Config, host: Host): Promise<CredentialSource> {
  const own = Object.fromEntries(Object.entries(config).flatMap(([key, value]) => (key.startsWith(BEGINNING) ? [[key.slice(BEGINNING.length - 'aws_'.length), value]] : [])))
  return openCredentials({ ...(own as Omit<AwsCredentialOptions, 'aws_region_name'>), aws_region_name: config.s3_region_name }, { ...host, provider: `bucket ${config.s3_bucket_name}`, ways: WAYS })
}
