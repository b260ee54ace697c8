import type { HttpRequest } from '@tianjillm/core'
import { AwsV4Signer } from 'aws4fetch'

/** Whose signature, for what. */
export interface AwsSignature {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly region: string
  /** The name that AWS signs under: `bedrock` (also for bedrock-runtime), `sagemaker`, ... */
  readonly service: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Keeps derived keys from call to call (one a day, region and service). Saves most of the cost. */
  readonly keys?: Map<string, ArrayBuffer>
}

/** What can be signed: requests to providers, and those of the HTTP port. */
type Signable = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'credential' | 'body'>

/**
 * Signs a request with AWS Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html):
 * the last step before sending, since it covers body and headers. The signature and the session
 * token travel as the request's credential, bound to its host. Sends nothing itself. S3 takes the body's hash from a
 * header `x-amz-content-sha256`, which the request must have then.
 */
export async function signAwsRequest<Request extends Signable>(request: Request, { accessKeyId, secretAccessKey, sessionToken, region, service, now, keys }: AwsSignature): Promise<Request & { readonly headers: Readonly<Record<string, string>> }> {
  const signer = new AwsV4Signer({
    method: request.method,
    url: request.url,
    headers: { ...request.headers },
    // A window on a larger buffer is copied: the digest takes views of plain buffers only.
    ...(request.body !== undefined && { body: typeof request.body === 'string' ? request.body : Uint8Array.from(request.body) }),
    accessKeyId, secretAccessKey, region, service,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(keys !== undefined && { cache: keys }),
    datetime: new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  })
  const { headers } = await signer.sign()
  return {
    ...request,
    headers: { ...request.headers, 'x-amz-date': headers.get('x-amz-date') ?? '' },
    credential: {
      hosts: [new URL(request.url).host],
      headers: {
        ...request.credential?.headers,
        authorization: headers.get('authorization') ?? '',
        ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
      },
    },
  }
}
