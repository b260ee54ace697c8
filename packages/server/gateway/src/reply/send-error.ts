import { type GatewayError, errorToOpenAI } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'

/** Answers with an error, before any byte of an answer went out. */
export function sendError(exchange: Exchange, error: GatewayError, body: string, headers: readonly string[] = []): void {
  const list = ['content-type', 'application/json', ...headers]
  for (const name in error.headers) list.push(name, error.headers[name]!)
  if (error.retryAfter !== undefined && !headers.includes('retry-after')) list.push('retry-after', String(error.retryAfter))
  list.push('content-length', String(Buffer.byteLength(body)))
  exchange.head(error.status, list)
  exchange.end(body)
}

/** The body for places where no dialect is known. */
export function plainErrorBody(error: GatewayError): string {
  return JSON.stringify(errorToOpenAI(error))
}
