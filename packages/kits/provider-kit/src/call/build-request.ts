import type { Call, UpstreamRequest, UpstreamTarget } from '@tianjillm/core'

/** The part of an adapter that makes a request, of any operation. */
export interface RequestMaker {
  supports?(field: string, model: string): boolean
  readonly asksForStreamUsage?: boolean
  target(call: Call): UpstreamTarget
  encode(input: never, call: Call): unknown
  authorize?(request: UpstreamRequest, call: Call): UpstreamRequest | Promise<UpstreamRequest>
}

/** Fields that no adapter is asked about. */
const always = new Set(['model', 'messages', 'prompt', 'input', 'stream', 'stream_options', 'metadata'])

/**
 * The request as it leaves, made in the gateway's order: fields that the adapter has no
 * equivalent for are dropped (or refused), then encode, target, authorize.
 */
export async function buildRequest(adapter: RequestMaker, input: object, call: Call): Promise<UpstreamRequest> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    if (always.has(name) || value === undefined || value === null || (adapter.supports?.(name, call.model) ?? true)) fields[name] = value
    else call.drop(name)
  }
  const encoded = adapter.encode(fields as never, call)
  const target = adapter.target(call)
  const unsigned: UpstreamRequest = {
    ...target,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    body: bodyOf(encoded === fields ? { ...fields, model: call.model } : encoded, call.stream && adapter.asksForStreamUsage === true),
  }
  return adapter.authorize === undefined ? unsigned : adapter.authorize(unsigned, call)
}

function bodyOf(encoded: unknown, askUsage: boolean): Uint8Array | string {
  if (typeof encoded === 'string' || encoded instanceof Uint8Array) return encoded
  if (!askUsage) return JSON.stringify(encoded)
  const body = encoded as Record<string, unknown>
  return JSON.stringify({ ...body, stream_options: { ...(body['stream_options'] as object | null | undefined), include_usage: true } })
}
