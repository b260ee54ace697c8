import { GatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { parseJsonObject, readText } from '../request/parse-json.ts'
import type { Settings } from '../settings.ts'

/** The body's bytes. @throws `unsupported_media_type`; rejects with `body_too_large`, `client_closed`, ... */
export function readBody({ exchange }: RequestContext, { limits }: Settings): Promise<Buffer> {
  return readJson(exchange, limits.maxBodyBytes, limits.bodyTimeoutMs)
}

/** Parses and checks the body. @throws `invalid_json`, `body_too_deep`, `invalid_request` */
export function parseRequest(ctx: RequestContext, bytes: Buffer): void {
  const { route } = ctx
  ctx.bytes = bytes
  ctx.text = readText(bytes)
  ctx.parsed = parseJsonObject(ctx.text)
  const named = ctx.params['model']
  // Azure's and the engines routes name the model in the path, which wins. The bytes then say something else.
  const body = named === undefined || ctx.parsed['model'] === named ? ctx.parsed : { ...ctx.parsed, model: named }
  ctx.body = body
  const input = route.codec.parse(body)
  ctx.model = (input as { model: string }).model
  ctx.stream = route.codec.streams(input)
  ctx.showUsage = !ctx.stream || route.codec.showsUsage(input)
}

/** Bytes that the body of a query may have. */
const MAX_QUERY = 1024 * 1024

/** The body of a query: a JSON object, {} when nothing was sent. @throws as {@link readBody} and {@link parseRequest} do */
export async function readQueryBody(exchange: Exchange, { limits }: Settings): Promise<Record<string, unknown>> {
  const bytes = await readJson(exchange, Math.min(limits.maxBodyBytes, MAX_QUERY), limits.bodyTimeoutMs)
  return bytes.length === 0 ? {} : parseJsonObject(readText(bytes))
}

function readJson(exchange: Exchange, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  const type = exchange.header('content-type')
  if (type !== undefined && type !== 'application/json' && !/^application\/(?:[\w.+-]*\+)?json\b/i.test(type)) {
    throw new GatewayError('unsupported_media_type', 'The content type is not JSON. Send `content-type: application/json`.', { param: 'content-type' })
  }
  const encoding = exchange.header('content-encoding')
  if (encoding !== undefined && encoding !== 'identity') {
    throw new GatewayError('unsupported_media_type', 'Compressed request bodies are not accepted. Send the body without `content-encoding`.', { param: 'content-encoding' })
  }
  return exchange.readBody({ maxBytes, timeoutMs })
}
