import type { Host } from '@tianjillm/core'
import { type CredentialSource, openCredentials as openAwsCredentials } from '@tianjillm/provider-kit/aws'
import type { BedrockConfig } from '../config.ts'

/** The credentials of a config that has no API key. @throws `upstream_auth` when a profile cannot be used */
export function openCredentials(config: BedrockConfig, host: Host): Promise<CredentialSource> {
  return openAwsCredentials(config, { ...host, provider: 'bedrock', ways: 'set aws_access_key_id and aws_secret_access_key, api_key (a Bedrock API key), aws_profile_name, or aws_role_name with a web identity token.' })
}
