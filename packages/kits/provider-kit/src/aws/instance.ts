import { GatewayError, type HttpReply, isGatewayError } from '@tianjillm/core'
import { headerCredential } from '../auth/credential.ts'
import type { ExchangedToken } from '../auth/token-cache.ts'
import { joinUrl } from '../url.ts'
import type { AwsCaller, AwsCredentialOptions } from './options.ts'
import { bodyOf, jsonCredentials } from './json-credentials.ts'
import { type AwsCredentials, type CredentialSource, EARLY_MS, exchanged } from './source.ts'

const ENDPOINT = 'http://169.254.169.254'

const SESSION_SECONDS = '21600'

/** Instances go on working with credentials that the metadata service could not renew in time; asked again after this. */
const EXTENDED_MS = EARLY_MS + 60_000

/**
 * Credentials of an EC2 instance, by version 2 of the metadata service (version 1 is never asked).
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function instanceSource({ aws_ec2_metadata_service_endpoint: endpoint = ENDPOINT }: Pick<AwsCredentialOptions, 'aws_ec2_metadata_service_endpoint'>, caller: AwsCaller): CredentialSource {
  const { http, clock, log, provider } = caller
  const ask = async (method: 'GET' | 'PUT', path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal, session?: string): Promise<HttpReply> => {
    const url = joinUrl(endpoint, path)
    const request = { method, url, headers, trust: 'operator' as const, timeouts: { connect: 1000, total: 5000 } }
    return http.send(session === undefined ? request : { ...request, credential: headerCredential({ 'x-aws-ec2-metadata-token': session }, url) }, { signal, maxBytes: 64 * 1024 })
  }
  return exchanged({
    what: 'the instance', clock, log,
    async fetch(signal): Promise<ExchangedToken<AwsCredentials>> {
      const opened = await ask('PUT', 'latest/api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': SESSION_SECONDS }, signal).catch((cause: unknown) => { throw nothing(cause, caller) })
      const session = bodyOf(opened, 'the instance metadata service', 'In a container its hop limit must be 2 or more.', provider).trim()
      const listed = await ask('GET', 'latest/meta-data/iam/security-credentials/', {}, signal, session)
      const role = listed.status === 404 ? '' : bodyOf(listed, 'the instance metadata service', 'Check the role of the instance.', provider).split('\n')[0]!.trim()
      if (role === '') throw new GatewayError('upstream_auth', `${provider}: the instance has no role. Attach an instance profile, or set other credentials.`, { provider })
      const told = await ask('GET', `latest/meta-data/iam/security-credentials/${encodeURIComponent(role)}`, {}, signal, session)
      const { token, expiresAt } = jsonCredentials(bodyOf(told, 'the instance metadata service', 'Check the role of the instance.', provider), 'the instance metadata service', provider)
      return { token, expiresAt: Math.max(expiresAt, clock.now() + EXTENDED_MS) }
    },
  })
}

/** Nobody is there to ask: this is no instance, and nothing else was set. */
function nothing(cause: unknown, { provider, ways }: AwsCaller): unknown {
  if (!isGatewayError(cause)) return cause
  const why = cause.code === 'address_refused' ? 'The role of the instance is for models of the config file only.' : 'The instance metadata service does not answer.'
  return new GatewayError('upstream_auth', `${provider}: No AWS credentials: ${ways} ${why}`, { provider, cause })
}
