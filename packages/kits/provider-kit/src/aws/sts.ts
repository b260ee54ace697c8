import { GatewayError, type UpstreamRequest } from '@tianjillm/core'
import { signAwsRequest } from '../auth/sigv4.ts'
import type { ExchangedToken } from '../auth/token-cache.ts'
import { errorFromReply } from '../error/from-reply.ts'
import { isAwsAddress } from './aws-address.ts'
import type { AwsCaller } from './options.ts'
import { type AwsCredentials, EARLY_MS } from './source.ts'
import type { StsAddress } from './sts-address.ts'

/** A role to take on. */
export interface Role {
  readonly arn: string
  readonly sessionName: string
  readonly externalId?: string | undefined
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined
  /** What names the role, for errors: an option, or a profile. */
  readonly namedBy: string
}

/**
 * STS, which gives the credentials of roles.
 *
 * Both reject with `upstream_auth` when STS refuses, or as the connector does.
 */
export interface Sts {
  /** Gives a caller who has the role already its own credentials. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
  assumeRole(role: Role, caller: AwsCredentials, signal: AbortSignal): Promise<ExchangedToken<AwsCredentials>>
  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
  assumeRoleWithWebIdentity(role: Role, token: string, signal: AbortSignal): Promise<ExchangedToken<AwsCredentials>>
}

interface Answer {
  readonly status: number
  readonly xml: string
}

/** How long a caller who has the role already goes on with its own credentials, which others renew, before they are asked for again. */
const ALREADY_MS = EARLY_MS + 60_000

export function createSts({ url, region }: StsAddress, { http, clock, provider }: AwsCaller): Sts {
  const trust = isAwsAddress(url) ? { trust: 'operator' as const } : {}
  const post = (parameters: Readonly<Record<string, string>>): UpstreamRequest => ({
    method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ Version: '2011-06-15', ...parameters }).toString(),
  })
  const sign = async (parameters: Readonly<Record<string, string>>, caller: AwsCredentials): Promise<UpstreamRequest> => signAwsRequest(post(parameters), { ...caller, region, service: 'sts', now: clock.now() })
  const send = async (request: UpstreamRequest, signal: AbortSignal): Promise<Answer> => {
    const { status, body } = await http.send({ ...request, ...trust }, { signal, maxBytes: 1024 * 1024 })
    return { status, xml: body.toString('utf8') }
  }
  /** Whether the caller has the role already, which a role may not take on again unless its trust policy says so. */
  async function isAlready(arn: string, caller: AwsCredentials, signal: AbortSignal): Promise<boolean> {
    if (caller.sessionToken === undefined) return false
    const answer = await send(await sign({ Action: 'GetCallerIdentity' }, caller), signal).catch(() => undefined)
    return answer?.status === 200 && sameRole(arn, element(answer.xml, 'Arn') ?? '')
  }
  return {
    async assumeRole(role, caller, signal) {
      const request = await sign({
        Action: 'AssumeRole', RoleArn: role.arn, RoleSessionName: role.sessionName,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        ...Object.fromEntries((role.tags ?? []).flatMap(({ Key, Value }, index) => [[`Tags.member.${index + 1}.Key`, Key], [`Tags.member.${index + 1}.Value`, Value]])),
      }, caller)
      const answer = await send(request, signal)
      if (element(answer.xml, 'Code') === 'AccessDenied' && await isAlready(role.arn, caller, signal)) return { token: caller, expiresAt: clock.now() + ALREADY_MS }
      return credentialsIn(answer, role, [role.externalId, caller.secretAccessKey, caller.sessionToken], provider)
    },
    async assumeRoleWithWebIdentity(role, token, signal) {
      return credentialsIn(await send(post({ Action: 'AssumeRoleWithWebIdentity', RoleArn: role.arn, RoleSessionName: role.sessionName, WebIdentityToken: token }), signal), role, [token], provider)
    },
  }
}

/**
 * Whether `arn:aws:sts::<account>:assumed-role/<role>/<session>` is a session of `arn:aws:iam::<account>:role/<path>/<role>`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
function sameRole(roleArn: string, sessionArn: string): boolean {
  const [, partition, account, role] = /^arn:([\w-]+):iam::(\d*):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? []
  return role !== undefined && sessionArn.startsWith(`arn:${partition}:sts::${account}:assumed-role/${role}/`)
}

function credentialsIn({ status, xml }: Answer, role: Role, secrets: readonly (string | undefined)[], provider: string): ExchangedToken<AwsCredentials> {
  if (status !== 200) throw refused(status, xml, role, secrets.filter((secret) => secret !== undefined), provider)
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'].map((name) => element(xml, name))
  const expiresAt = Date.parse(expiration ?? '')
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined || Number.isNaN(expiresAt)) {
    throw new GatewayError('upstream_malformed', `${provider}: AWS STS answered without credentials. Check aws_sts_endpoint.`, { provider })
  }
  return { token: { accessKeyId, secretAccessKey, sessionToken }, expiresAt }
}

/** The credentials are the gateway's own, so a refusal is never the caller's fault. */
function refused(status: number, xml: string, { namedBy, arn }: Role, secrets: readonly string[], provider: string): GatewayError {
  const words = { message: element(xml, 'Message') ?? '', code: element(xml, 'Code') }
  const read = errorFromReply({ status, headers: {}, body: Buffer.from(JSON.stringify(words)) }, { provider, secrets })
  if (status >= 500 || status === 429) return read
  return new GatewayError('upstream_auth', `AWS STS did not give the credentials of ${namedBy} (${words.code ?? status}). ${read.message} ${adviceFor(words.code, arn)}`, { provider })
}

/** What to do about the errors that STS documents. */
function adviceFor(code: string | undefined, arn: string): string {
  switch (code) {
    case 'AccessDenied': return `The trust policy of ${arn} must allow sts:AssumeRole to whoever calls, with the external id that it asks for, and so must the policy of the caller.`
    case 'ExpiredToken': case 'ExpiredTokenException': return 'What the role was asked with is over: renew aws_session_token.'
    case 'ExpiredTokenIdentity': case 'InvalidIdentityToken': case 'IDPRejectedClaim': return 'Check that the web identity token is fresh, and that IAM knows its issuer and its audience.'
    case 'InvalidClientTokenId': case 'SignatureDoesNotMatch': return 'Check aws_access_key_id, aws_secret_access_key and aws_session_token.'
    default: return `Check ${arn} and what it is asked with.`
  }
}

/** The text of the first element of this name: STS answers are flat and hold no markup. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim()
  return text === '' ? undefined : text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}
