import { createHash } from 'node:crypto'
import { type Archive, GatewayError, type Host, type HttpReply, type HttpRequest } from '@tianjillm/core'
import { errorFromReply, joinUrl, signAwsRequest } from '@tianjillm/provider-kit'
import type { AwsCredentials, CredentialSource } from '@tianjillm/provider-kit/aws'
import type { S3Config } from './config.ts'

/** An object is some megabytes; slow lines are given time. */
const timeouts = { headers: 120_000, idle: 60_000, total: 600_000 }
/** More than the gateway puts into one object. */
const LARGEST = 256 * 1024 ** 2

/**
 * Objects of a bucket: `PutObject` and `GetObject` of the REST API, signed with the hash of what is sent, which the
 * store compares (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html).
 */
export function createS3Archive(config: S3Config, source: CredentialSource, { http, clock }: Pick<Host, 'http' | 'clock'>): Archive {
  const { s3_bucket_name: bucket, s3_region_name: region, s3_path: path } = config
  const base = bucketUrl(config)
  const prefix = path.split('/').filter((part) => part !== '').join('/')
  const keyOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`)
  const encryption = {
    ...(config.s3_server_side_encryption !== undefined && { 'x-amz-server-side-encryption': config.s3_server_side_encryption }),
    ...(config.s3_sse_kms_key_id !== undefined && { 'x-amz-server-side-encryption-aws-kms-key-id': config.s3_sse_kms_key_id }),
  }
  const keys = new Map<string, ArrayBuffer>()

  const sign = (request: HttpRequest, credentials: AwsCredentials): Promise<HttpRequest> => {
    // One derived key a day is enough.
    if (keys.size > 8) keys.clear()
    return signAwsRequest(request, { ...credentials, region, service: 's3', now: clock.now(), keys })
  }
  const send = async (method: 'PUT' | 'GET', name: string, signal: AbortSignal, headers: Readonly<Record<string, string>>, body?: Uint8Array): Promise<HttpReply> => {
    const url = joinUrl(base, keyOf(name).split('/').map(encodeURIComponent).join('/'))
    const hashed = { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body ?? '').digest('hex') }
    const request: HttpRequest = { method, url, headers: hashed, timeouts, ...(body && { body }) }
    signal.throwIfAborted()
    for (let first = true; ; first = false) {
      const credentials = await source.get()
      const reply = await http.send(await sign(request, credentials), { signal, maxBytes: LARGEST })
      // 404 is for the caller to read.
      if (reply.status === 200 || reply.status === 404) return reply
      if (!first || wordsOf(reply).code !== 'ExpiredToken') throw refusal(reply, bucket, credentials)
      source.expired()
    }
  }

  return {
    location: prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`,
    async put({ name, contentType, body }, signal) {
      const reply = await send('PUT', name, signal, { ...encryption, 'content-type': contentType }, body)
      if (reply.status !== 200) throw refusal(reply, bucket)
    },
    async get(name, signal) {
      const reply = await send('GET', name, signal, {})
      if (reply.status === 200) return reply.body
      // A bucket that is not there is a mistake, and no object that is not there.
      if (wordsOf(reply).code !== 'NoSuchBucket') return undefined
      throw refusal(reply, bucket)
    },
    close: () => source.close(),
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function bucketUrl({ s3_bucket_name: bucket, s3_region_name: region, s3_endpoint_url: endpoint, s3_use_virtual_hosted_style: hosted = endpoint === undefined && !bucket.includes('.') }: S3Config): string {
  const url = new URL(endpoint ?? `https://s3.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`)
  if (!hosted) return joinUrl(url.href, bucket)
  url.hostname = `${bucket}.${url.hostname}`
  return url.href
}

/** S3 tells errors in XML: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function wordsOf({ body }: HttpReply): { readonly code: string | undefined; readonly message: string | undefined } {
  const text = body.toString('utf8', 0, 16 * 1024)
  return { code: /<Code>(\w{1,80})<\/Code>/.exec(text)?.[1], message: /<Message>([^<]{1,500})<\/Message>/.exec(text)?.[1] }
}

function refusal(reply: HttpReply, bucket: string, { secretAccessKey, sessionToken }: Partial<AwsCredentials> = {}): GatewayError {
  const { code, message } = wordsOf(reply)
  const words = code === undefined ? {} : { error: { message: `${code}${message === undefined ? '' : `: ${message}`}`, code } }
  return errorFromReply({ ...reply, body: Buffer.from(JSON.stringify(words)) }, { provider: `bucket ${bucket}`, secrets: [secretAccessKey, sessionToken].filter((secret) => secret !== undefined) })
}
