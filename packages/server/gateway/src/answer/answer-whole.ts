import type { RequestContext } from '../context.ts'
import { answerHeaders } from '../reply/headers.ts'
import type { Settings } from '../settings.ts'
import { price } from '../stages/price.ts'

/** Sends a whole answer. @param body bytes read as Latin-1 */
export function answerWhole(ctx: RequestContext, settings: Settings, body: string, upstream: Parameters<typeof answerHeaders>[2]): void {
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
