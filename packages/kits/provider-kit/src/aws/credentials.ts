import { GatewayError } from '@tianjillm/core'
import { readIdentityToken } from '../auth/identity-token.ts'
import type { AwsCaller, AwsCredentialOptions } from './options.ts'
import { containerSource } from './container.ts'
import { instanceSource } from './instance.ts'
import { ownCredentials } from './own-credentials.ts'
import { assumed, profileSource } from './profile-source.ts'
import { readProfiles } from './profiles.ts'
import { type CredentialSource, exchanged, fixed } from './source.ts'
import { createSts, type Role, type Sts } from './sts.ts'
import { stsAddress } from './sts-address.ts'
import { readToken } from './token-file.ts'

/**
 * Credentials of AWS. In this order, as LiteLLM has it: a web identity token for `aws_role_name`;
 * else the named profile, the access key, or what the machine has (pod, default profile, container, instance), and with
 * these the role, if one is named. Profiles are read here, once; tokens and credentials when they are needed.
 *
 * @throws `upstream_auth` when a profile cannot be used
 */
export async function openCredentials(config: AwsCredentialOptions, host: AwsCaller): Promise<CredentialSource> {
  const sts = createSts(stsAddress(config), host)
  const arn = config.aws_role_name
  const role: Role | undefined = arn === undefined ? undefined : { arn, sessionName: config.aws_session_name, externalId: config.aws_external_id, tags: config.aws_session_tags, namedBy: 'aws_role_name' }
  const token = webIdentity(config, host)
  if (role && token) return exchanged({ ...host, what: role.namedBy, fetch: async (signal) => sts.assumeRoleWithWebIdentity(role, await token(signal), signal) })
  const base = await baseSource(config, host, sts)
  // A pod that is given the very role needs not take it on again, which few trust policies allow.
  return role && !(base.pod && config.aws_pod_role_arn === role.arn) ? assumed(role, base.source, sts, host) : base.source
}

function webIdentity({ aws_web_identity_token: token, aws_web_identity_token_file: file }: AwsCredentialOptions, { http, provider }: AwsCaller): ((signal: AbortSignal) => Promise<string>) | undefined {
  if (token !== undefined) return token.startsWith('oidc/') ? async (signal) => readIdentityToken(token, { http, signal, option: 'aws_web_identity_token', provider }) : async () => token
  return file === undefined ? undefined : async () => readToken(file, 'aws_web_identity_token_file', provider)
}

async function baseSource(config: AwsCredentialOptions, host: AwsCaller, sts: Sts): Promise<{ readonly source: CredentialSource; readonly pod?: true }> {
  const named = async (name: string): Promise<CredentialSource> => profileSource(name, { profiles: await readProfiles(config, host.provider), config, host, sts })
  if (config.aws_profile_name !== undefined) return { source: await named(config.aws_profile_name) }
  const own = ownCredentials(config)
  if (own) return { source: fixed(own) }
  const { aws_pod_role_arn: podRole, aws_pod_token_file: podToken } = config
  if (podRole !== undefined && podToken !== undefined) {
    const role: Role = { arn: podRole, sessionName: config.aws_session_name, namedBy: 'AWS_ROLE_ARN' }
    return { pod: true, source: exchanged({ ...host, what: 'the pod', fetch: async (signal) => sts.assumeRoleWithWebIdentity(role, await readToken(podToken, 'AWS_WEB_IDENTITY_TOKEN_FILE', host.provider), signal) }) }
  }
  if (config.aws_default_profile !== undefined) return { source: await named(config.aws_default_profile) }
  const profiles = await readProfiles(config, host.provider)
  if (profiles.has('default') && hasCredentials(profiles.get('default')!)) return { source: profileSource('default', { profiles, config, host, sts }) }
  const container = containerSource(config, host)
  if (container) return { source: container }
  if (config.aws_ec2_metadata_disabled !== true) return { source: instanceSource(config, host) }
  throw new GatewayError('upstream_auth', `${host.provider}: No AWS credentials: ${host.ways} There is no default profile, and the role of the instance is switched off (AWS_EC2_METADATA_DISABLED).`, { provider: host.provider })
}

/** The default profile often holds a region and nothing else. */
function hasCredentials(profile: Readonly<Record<string, string>>): boolean {
  return ['aws_access_key_id', 'role_arn', 'credential_process'].some((key) => profile[key] !== undefined)
}
