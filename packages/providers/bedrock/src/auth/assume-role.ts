import { readFile } from 'node:fs/promises'
import { type Clock, GatewayError, type Http, type UpstreamRequest } from '@tianjillm/core'
import { errorFromReply, type ExchangedToken, signAwsRequest } from '@tianjillm/provider-kit'
import type { BedrockConfig } from '../config.ts'
import { isAwsAddress } from './aws-address.ts'
import { type AwsCredentials, ownCredentials } from './own-credentials.ts'
import { stsAddress } from './sts-address.ts'

/**
 * Exchanges an access key (AssumeRole) or an OIDC token (AssumeRoleWithWebIdentity) for the
 * credentials of a role. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @throws `upstream_auth` when STS refuses, or what the connector throws
 */
export async function assumeRole(config: BedrockConfig, region: string, http: Http, clock: Clock, signal: AbortSignal): Promise<ExchangedToken<AwsCredentials>> {
  const url = stsAddress(config, region)
  const token = await identityToken(config)
  const form = new URLSearchParams({
    Action: token === undefined ? 'AssumeRole' : 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: config.aws_role_name!,
    RoleSessionName: config.aws_session_name,
    ...(token !== undefined && { WebIdentityToken: token }),
    ...(token === undefined && config.aws_external_id !== undefined && { ExternalId: config.aws_external_id }),
  })
  const unsigned: UpstreamRequest = { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() }
  const request = token !== undefined ? unsigned : await signAwsRequest(unsigned, {
    ...ownCredentials(config), region, service: 'sts', now: clock.now(),
  })
  const reply = await http.send({ ...request, trust: isAwsAddress(url) ? 'operator' : 'checked' }, { signal, maxBytes: 1024 * 1024 })
  const xml = reply.body.toString('utf8')
  if (reply.status !== 200) throw refused(reply.status, xml, config, token)
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'].map((name) => element(xml, name))
  const expiresAt = Date.parse(expiration ?? '')
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined || Number.isNaN(expiresAt)) {
    throw new GatewayError('upstream_malformed', 'bedrock: AWS STS answered without credentials. Check aws_sts_endpoint.', { provider: 'bedrock' })
  }
  return { token: { accessKeyId, secretAccessKey, sessionToken }, expiresAt }
}

async function identityToken({ aws_web_identity_token: token, aws_web_identity_token_file: file }: BedrockConfig): Promise<string | undefined> {
  if (token !== undefined || file === undefined) return token
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new GatewayError('upstream_auth', 'bedrock: the file of aws_web_identity_token_file cannot be read.', { provider: 'bedrock', cause })
  }
}

/** The credentials are the gateway's own, so a refusal is never the caller's fault. */
function refused(status: number, xml: string, config: BedrockConfig, token: string | undefined): GatewayError {
  const words = { message: element(xml, 'Message') ?? '', code: element(xml, 'Code') }
  const secrets = [config.aws_secret_access_key, config.aws_session_token, config.aws_external_id, token].filter((secret) => secret !== undefined)
  const read = errorFromReply({ status, headers: {}, body: Buffer.from(JSON.stringify(words)) }, { provider: 'bedrock', secrets })
  if (status >= 500 || status === 429) return read
  return new GatewayError('upstream_auth', `AWS STS did not give the credentials of aws_role_name (${words.code ?? status}). ${read.message}`, { provider: 'bedrock' })
}

/** The text of the first element of this name: STS answers are flat and hold no markup. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim()
  return text === '' ? undefined : text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}
