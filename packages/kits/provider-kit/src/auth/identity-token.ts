import { readFile } from 'node:fs/promises'
import { GatewayError, type Http } from '@tianjillm/core'

/** Whose token, and what to call it in errors. */
export interface IdentityTokenContext {
  readonly http: Http
  readonly signal: AbortSignal
  /** The option that holds the reference. */
  readonly option: string
  readonly provider: string
}

const METADATA = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity'

/** Which kinds of {@link readIdentityToken} there are. */
const reference = /^oidc\/(file|google)\/(.+)$/s

/** Whether a text is a reference that {@link readIdentityToken} follows. */
export function isIdentityTokenReference(text: string): boolean {
  return reference.test(text)
}

/**
 * The OIDC token behind a reference of LiteLLM's form (https://docs.litellm.ai/docs/oidc): `oidc/file//path/of/token`, or
 * `oidc/google/<audience>` for the identity of a Google Cloud workload
 * (https://cloud.google.com/run/docs/securing/service-identity#identity_tokens). Reads it anew each time.
 *
 * @throws `upstream_auth` when there is no token
 */
export async function readIdentityToken(text: string, { http, signal, option, provider }: IdentityTokenContext): Promise<string> {
  const [, kind, rest = ''] = reference.exec(text) ?? []
  const fail = (why: string, cause?: unknown): GatewayError => new GatewayError('upstream_auth', `${provider}: ${option} (oidc/${kind ?? ''}) gave no token: ${why}`, { provider, cause })
  if (kind === undefined) throw fail('write oidc/file//path, or oidc/google/<audience>.')
  let token: string
  if (kind === 'file') {
    token = await readFile(rest, 'utf8').catch((cause: unknown) => { throw fail('the file cannot be read.', cause) })
  } else {
    const reply = await http.send({ method: 'GET', url: `${METADATA}?audience=${encodeURIComponent(rest)}`, headers: { 'metadata-flavor': 'Google' }, trust: 'operator', timeouts: { connect: 2000, total: 10_000 } }, { signal, maxBytes: 64 * 1024 })
      .catch((cause: unknown) => { throw fail('the metadata server of Google Cloud does not answer.', cause) })
    if (reply.status !== 200) throw fail(`the metadata server of Google Cloud answered with status ${reply.status}.`)
    token = reply.body.toString('utf8')
  }
  if (token.trim() === '') throw fail('it is empty.')
  return token.trim()
}
