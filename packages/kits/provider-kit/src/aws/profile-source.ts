import { GatewayError } from '@tianjillm/core'
import type { AwsCaller, AwsCredentialOptions } from './options.ts'
import { isAwsAddress } from './aws-address.ts'
import { containerSource } from './container.ts'
import { processSource } from './credential-process.ts'
import { instanceSource } from './instance.ts'
import { ownCredentials } from './own-credentials.ts'
import type { Profiles } from './profiles.ts'
import { type CredentialSource, exchanged, fixed } from './source.ts'
import type { Role, Sts } from './sts.ts'
import { readToken } from './token-file.ts'

/** What the credentials of profiles are made with. */
export interface ProfileContext {
  readonly profiles: Profiles
  readonly config: AwsCredentialOptions
  readonly host: AwsCaller
  readonly sts: Sts
}

/**
 * The credentials of a profile: its own access key, or those of a role that it reaches through another profile
 * (`source_profile`, which may reach it through a third), a token file, the container or the instance.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 *
 * @throws `upstream_auth`, naming the profile, when it does not exist or tells nothing that can be used
 */
export function profileSource(name: string, context: ProfileContext, passed: readonly string[] = []): CredentialSource {
  const { profiles, host, sts } = context
  const profile = profiles.get(name)
  if (!profile) throw problem(host, name, `does not exist. ${profiles.size === 0 ? 'There are no profiles in the shared files' : `The shared files have ${[...profiles.keys()].map((known) => JSON.stringify(known)).join(', ')}`}; aws_config_file and aws_shared_credentials_file say where they are.`)
  const own = ownCredentials(profile)
  // A profile may be its own source: then the role is reached with its access key.
  if (passed.includes(name)) {
    if (own && passed.at(-1) === name) return fixed(own)
    throw problem(host, name, `is reached through itself (source_profile: ${[...passed, name].join(' > ')}).`)
  }
  const arn = profile['role_arn']
  if (arn !== undefined) {
    const role: Role = { arn, sessionName: profile['role_session_name'] ?? context.config.aws_session_name, externalId: profile['external_id'], namedBy: `the profile ${JSON.stringify(name)}` }
    const file = profile['web_identity_token_file']
    if (file !== undefined && context.config.aws_sts_endpoint !== undefined && !isAwsAddress(context.config.aws_sts_endpoint)) {
      throw problem(host, name, 'has a web_identity_token_file, whose token is sent to AWS only: aws_sts_endpoint must be an https address of amazonaws.com.')
    }
    if (file !== undefined) return exchanged({ ...host, what: role.namedBy, fetch: async (signal) => sts.assumeRoleWithWebIdentity(role, await readToken(file, `web_identity_token_file of ${role.namedBy}`, host.provider), signal) })
    return assumed(role, sourceOf(name, profile['source_profile'], profile['credential_source'], context, [...passed, name]), sts, host)
  }
  if (own) return fixed(own)
  if (profile['credential_process'] !== undefined) return processSource(profile['credential_process'], name, host)
  const signOn = profile['sso_session'] ?? profile['sso_start_url']
  throw problem(host, name, signOn === undefined ? 'has no credentials: it needs aws_access_key_id and aws_secret_access_key, role_arn, or credential_process.' : 'signs on with IAM Identity Center, which nobody can do for a gateway. Use a role, or credential_process: aws configure export-credentials.')
}

/** The credentials of a role that is reached with others. */
export function assumed(role: Role, from: CredentialSource, sts: Sts, host: AwsCaller): CredentialSource {
  return exchanged({ ...host, what: role.namedBy, from, fetch: async (signal) => sts.assumeRole(role, await from.get(), signal) })
}

function sourceOf(name: string, sourceProfile: string | undefined, credentialSource: string | undefined, context: ProfileContext, passed: readonly string[]): CredentialSource {
  const { config, host } = context
  if (sourceProfile !== undefined) return profileSource(sourceProfile, context, passed)
  if (credentialSource === 'Environment') {
    const own = ownCredentials(config)
    if (own) return fixed(own)
    throw problem(host, name, 'has credential_source = Environment, and there is no AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY.')
  }
  if (credentialSource === 'Ec2InstanceMetadata') return instanceSource(config, host)
  if (credentialSource === 'EcsContainer') {
    const source = containerSource(config, host)
    if (source) return source
    throw problem(host, name, 'has credential_source = EcsContainer, and none of the AWS_CONTAINER_CREDENTIALS_* variables is set.')
  }
  throw problem(host, name, `has a role_arn${credentialSource === undefined ? '' : ` and the unknown credential_source ${JSON.stringify(credentialSource)}`}: it needs source_profile, web_identity_token_file, or credential_source (Environment, Ec2InstanceMetadata, EcsContainer).`)
}

function problem({ provider }: AwsCaller, name: string, what: string): GatewayError {
  return new GatewayError('upstream_auth', `${provider}: the AWS profile ${JSON.stringify(name)} ${what}`, { provider })
}
