import type { GatewayError, UpstreamReply } from '@tianjillm/core'
import { asRecord, isRecord } from '../json.ts'
import { errorFromReply } from './from-reply.ts'

/** The error that a body or event of status 200 tells (`{"error": {...}}` or `{"error": "text"}`), as some upstreams do; undefined: none. */
export function errorInBody(body: unknown, provider: string): GatewayError | undefined {
  if (!isRecord(body)) return undefined
  const { error } = body
  if (!isRecord(error) && (typeof error !== 'string' || error === '')) return undefined
  const { status, code } = asRecord(error)
  const told = [status, code].map(Number).find((value) => value >= 400 && value < 600) ?? 500
  const reply: UpstreamReply = { status: told, headers: {}, body: Buffer.from(JSON.stringify(body)) }
  return errorFromReply(reply, { provider })
}
