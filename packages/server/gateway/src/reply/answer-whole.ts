import type { HttpHeaders } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { price } from '../stages/settle.ts'
import { answerHeaders } from './headers.ts'

/**
 * Sends an answer that is not a stream.
 * @param body bytes read as Latin-1
 * @param upstream the provider's headers, where one answered
 */
export function answerWhole(ctx: RequestContext, settings: Settings, body: string, upstream: HttpHeaders | undefined): void {
  const now = settings.clock.now()
  price(ctx, now)
  ctx.firstByteAt = now
  // All of it leaves at once.
  ctx.endedAt = now
  ctx.status = 200
  const headers = answerHeaders(ctx, 'application/json', upstream, now)
  headers.push('content-length', String(body.length))
  ctx.exchange.head(200, headers)
  ctx.exchange.end(body, 'latin1')
}
