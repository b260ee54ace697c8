import { type AdapterOf, type Call, GatewayError, type HttpRequest, type Operation, type UpstreamRequest } from '@tianjillm/core'
import { timeoutsOf } from '../attempts/deadline.ts'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { responsesFields, upstreamFields } from '../request/gateway-fields.ts'
import { spliceModel } from '../request/splice-model.ts'

const STREAM_USAGE = ',"stream_options":{"include_usage":true}'

/** Fields that every adapter of the operation takes. */
const always = new Set(['model', 'messages', 'prompt', 'input', 'stream', 'stream_options', 'metadata'])

/** One attempt's {@link Call}. */
export class Attempt implements Call {
  readonly id: string
  readonly model: string
  readonly stream: boolean
  readonly created: number
  readonly #ctx: RequestContext
  readonly #dropParams: boolean

  constructor(ctx: RequestContext, model: string, dropParams: boolean) {
    this.id = ctx.id
    this.model = model
    this.stream = ctx.stream
    this.created = Math.floor(ctx.startedAt / 1000)
    this.#ctx = ctx
    this.#dropParams = dropParams
  }

  drop(field: string): void {
    if (!this.#dropParams) {
      const provider = this.#ctx.candidate!.deployment.providerName
      throw new GatewayError('unsupported_parameter', `${provider} does not support the parameter \`${field}\` for this model. Remove it, or set \`drop_params: true\` to have it dropped.`, { param: field, provider })
    }
    if (!this.#ctx.dropped.includes(field)) this.#ctx.dropped.push(field)
  }
}

export interface BuiltRequest {
  readonly call: Call
  readonly request: HttpRequest | Promise<HttpRequest>
}

/**
 * The upstream request for the chosen deployment. The caller's own bytes are reused when the dialect is
 * the same and at most `model` changes.
 *
 * @throws `unsupported_parameter`
 */
export function buildRequest(ctx: RequestContext, adapter: AdapterOf<Operation>, settings: Settings): BuiltRequest {
  const { deployment, model } = ctx.candidate!
  const dropParams = typeof ctx.body['drop_params'] === 'boolean' ? ctx.body['drop_params'] : deployment.dropParams || settings.dropParams
  const call = new Attempt(ctx, model, dropParams)
  const wanted = ctx.conversation ? responsesFields(ctx.body, deployment.defaults) : upstreamFields(ctx.body, deployment.defaults)
  const fields = supportedFields(ctx.maxOutput === undefined ? wanted : heldTo(ctx, ctx.maxOutput, wanted), adapter, call)
  const encoded = adapter.encode(fields as never, call)
  const askUsage = ctx.stream && !ctx.showUsage && adapter.asksForStreamUsage === true
  const body = bodyOf(ctx, fields, encoded, model, askUsage)
  const target = adapter.target(call)
  const timeouts = timeoutsOf(ctx, deployment, settings.clock)
  const { trust } = deployment
  if (!adapter.authorize) {
    return { call, request: { method: 'POST', url: target.url, headers: withContentType(target.headers), ...(target.credential && { credential: target.credential }), body, timeouts, trust } }
  }
  const unsigned: UpstreamRequest = { ...target, headers: withContentType(target.headers), method: 'POST', body }
  const signed = adapter.authorize(unsigned, call)
  return { call, request: signed instanceof Promise ? signed.then((request) => ({ ...request, timeouts, trust })) : { ...signed, timeouts, trust } }
}

function bodyOf(ctx: RequestContext, fields: Record<string, unknown>, encoded: unknown, model: string, askUsage: boolean): Buffer | string {
  const untouched = encoded === ctx.parsed
  if (untouched && !('stream_options' in ctx.parsed && askUsage)) {
    const spliced = spliceModel(ctx.bytes, ctx.text, ctx.model, model, askUsage ? STREAM_USAGE : '')
    if (spliced) return spliced
  }
  const body = encoded === fields ? { ...fields, model } : (encoded as Record<string, unknown>)
  if (!askUsage) return JSON.stringify(body)
  return JSON.stringify({ ...body, stream_options: { ...(body['stream_options'] as object | null | undefined), include_usage: true } })
}

/** The fields with the answer's length that was paid for, where the deployment's own default is not shorter. */
function heldTo(ctx: RequestContext, most: number, fields: Record<string, unknown>): Record<string, unknown> {
  const { operation } = ctx.route
  const names = operation === 'responses' ? responsesMaxima : chatMaxima
  const set = names.map((name) => fields[name]).find((value) => value !== undefined && value !== null)
  if (typeof set === 'number' && set <= most) return fields
  const rest = { ...fields }
  for (const name of names) delete rest[name]
  rest[operation === 'completions' ? 'max_tokens' : names[0]] = Math.min(most, ctx.candidate!.deployment.facts?.maxOutputTokens ?? most)
  return rest
}

const chatMaxima = ['max_completion_tokens', 'max_tokens'] as const
const responsesMaxima = ['max_output_tokens'] as const

/** The fields that the adapter takes: the object itself when it takes all. */
function supportedFields(fields: Record<string, unknown>, adapter: AdapterOf<Operation>, call: Attempt): Record<string, unknown> {
  if (!adapter.supports) return fields
  let kept: Record<string, unknown> | undefined
  for (const name in fields) {
    const value = fields[name]
    if (always.has(name) || value === undefined || value === null || adapter.supports(name, call.model)) continue
    call.drop(name)
    delete (kept ??= { ...fields })[name]
  }
  return kept ?? fields
}

const json = { 'content-type': 'application/json' } as const
const typed = new WeakMap<object, Readonly<Record<string, string>>>()

/** Adapters return one headers object for all calls, so the merge is made once for each. */
function withContentType(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (headers['content-type'] !== undefined) return headers
  let merged = typed.get(headers)
  if (!merged) {
    merged = { ...json, ...headers }
    typed.set(headers, merged)
  }
  return merged
}
