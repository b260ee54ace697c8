import { createHash } from 'node:crypto'
import { type Archive, GatewayError, type Host, type HttpReply, type HttpRequest } from '@tianjillm/core'
import { asRecord, bearer, createGoogleTokens, errorFromReply, joinUrl, parseJson, type ServiceAccountKey } from '@tianjillm/provider-kit'
import type { GcsConfig } from './config.ts'

/** An object is some megabytes; slow lines are given time. */
const timeouts = { headers: 120_000, idle: 60_000, total: 600_000 }
/** More than the gateway puts into one object. */
const LARGEST = 256 * 1024 ** 2
const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write'

/**
 * Objects of a bucket, through the JSON API: https://cloud.google.com/storage/docs/json_api/v1/objects/insert and
 * .../get. An object is there when its upload is answered; the hash in the answer is compared.
 */
export function createGcsArchive({ gcs_bucket_name: bucket, gcs_path: path, gcs_endpoint_url: endpoint }: GcsConfig, key: ServiceAccountKey | undefined, { http, clock }: Pick<Host, 'http' | 'clock'>): Archive {
  const tokens = createGoogleTokens({ key, scope: SCOPE, http, clock, provider: `bucket ${bucket}` })
  const prefix = path.split('/').filter((part) => part !== '').join('/')
  const keyOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`)

  const send = async (request: Pick<HttpRequest, 'method' | 'headers' | 'body'> & { readonly path: string }, signal: AbortSignal): Promise<HttpReply> => {
    const { path: place, ...rest } = request
    const url = joinUrl(endpoint, place)
    const once = async (token: string): Promise<HttpReply> => http.send({ ...rest, url, credential: bearer(token, url), timeouts }, { signal, maxBytes: LARGEST })
    const token = await tokens.get(signal)
    const reply = await once(token)
    if (reply.status !== 401) return reply
    // The token may have been taken back before its end.
    tokens.invalidate(token)
    return once(await tokens.get(signal))
  }
  const refusal = (reply: HttpReply): GatewayError => errorFromReply(reply, { provider: `bucket ${bucket}`, ...(key && { secrets: [key.privateKey] }) })

  return {
    location: prefix === '' ? `gs://${bucket}` : `gs://${bucket}/${prefix}`,
    async put({ name, contentType, body }, signal) {
      const reply = await send({ method: 'POST', path: `upload/storage/v1/b/${bucket}/o?uploadType=media&name=${encodeURIComponent(keyOf(name))}`, headers: { 'content-type': contentType }, body }, signal)
      if (reply.status !== 200) throw refusal(reply)
      const { md5Hash } = asRecord(parseJson(reply.body.toString('utf8')))
      if (md5Hash !== createHash('md5').update(body).digest('base64')) throw new GatewayError('upstream_malformed', `bucket ${bucket}: what arrived of ${name} is not what was sent.`)
    },
    async get(name, signal) {
      const reply = await send({ method: 'GET', path: `storage/v1/b/${bucket}/o/${encodeURIComponent(keyOf(name))}?alt=media` }, signal)
      if (reply.status === 200) return reply.body
      if (reply.status === 404 && !/specified bucket does not exist/i.test(reply.body.toString('utf8', 0, 2000))) return undefined
      throw refusal(reply)
    },
    close: () => tokens.close(),
  }
}
