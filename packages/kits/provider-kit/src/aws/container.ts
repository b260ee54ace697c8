import { GatewayError } from '@tianjillm/core'
import { headerCredential } from '../auth/credential.ts'
import type { ExchangedToken } from '../auth/token-cache.ts'
import type { AwsCaller, AwsCredentialOptions } from './options.ts'
import { bodyOf, jsonCredentials } from './json-credentials.ts'
import { type AwsCredentials, type CredentialSource, exchanged } from './source.ts'
import { readToken } from './token-file.ts'

/** Hosts that AWS's own clients send a container's token to without TLS: of ECS, of EKS, and the machine itself. */
const plainHosts = /^(?:169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\]|localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether an address may be asked for the credentials of a container. */
export function isContainerAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || plainHosts.test(hostname)
}

/**
 * Credentials of an ECS task or an EKS pod, if this is one.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function containerSource(config: AwsCredentialOptions, { http, clock, log, provider }: AwsCaller): CredentialSource | undefined {
  const relative = config.aws_container_credentials_relative_uri
  const url = relative === undefined ? config.aws_container_credentials_full_uri : `http://169.254.170.2${relative}`
  if (url === undefined) return undefined
  return exchanged({
    what: 'the container', clock, log,
    async fetch(signal): Promise<ExchangedToken<AwsCredentials>> {
      const file = config.aws_container_authorization_token_file
      const token = file === undefined ? config.aws_container_authorization_token : await readToken(file, 'aws_container_authorization_token_file', provider)
      if (token !== undefined && /[\r\n]/.test(token)) throw new GatewayError('upstream_auth', `${provider}: the authorization token of the container has more than one line.`, { provider })
      const reply = await http.send({
        method: 'GET', url, trust: 'operator', headers: { accept: 'application/json' }, timeouts: { connect: 2000, total: 10_000 },
        ...(token !== undefined && { credential: headerCredential({ authorization: token }, url) }),
      }, { signal, maxBytes: 64 * 1024 })
      return jsonCredentials(bodyOf(reply, 'the container', 'Check the role of the task or pod, and the AWS_CONTAINER_* variables.', provider), 'the container', provider)
    },
  })
}
