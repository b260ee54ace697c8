import { GatewayError, isGatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'

/** A model to ask instead, and fields of the request that it gets instead of the caller's. */
export interface Standby {
  readonly model: string
  readonly body?: Readonly<Record<string, unknown>>
}

const MOST = 20

/**
 * Reads a request's `fallbacks`: names of models, objects with `model` and fields of its own, or LiteLLM's router form
 * `{"gpt-4o": ["claude"]}`, of which the model's own list (and that of `*`) counts.
 * @throws `invalid_request` naming the entry, or the field in it
 */
export function standbysOf(value: unknown, ctx: RequestContext): readonly Standby[] {
  if (!Array.isArray(value) || value.length > MOST) throw invalid('fallbacks', `must be a list of at most ${MOST} models`)
  const standbys = value.flatMap((one: unknown, at) => entry(one, `fallbacks[${at}]`, ctx))
  if (standbys.length > MOST) throw invalid('fallbacks', `must be a list of at most ${MOST} models`)
  return standbys
}

function entry(one: unknown, path: string, ctx: RequestContext): readonly Standby[] {
  if (isName(one)) return [{ model: one }]
  if (typeof one === 'object' && one !== null && !Array.isArray(one)) {
    const { model, ...body } = one as Record<string, unknown>
    if (isName(model)) return [Object.keys(body).length > 0 ? { model, body: checked(body, path, ctx) } : { model }]
    const lists = Object.entries(one)
    if (lists.length > 0 && lists.every(([, names]) => Array.isArray(names) && names.length > 0 && names.every(isName))) {
      return lists.flatMap(([of, names]) => (of === ctx.model || of === '*' ? (names as string[]).map((name) => ({ model: name })) : []))
    }
  }
  throw invalid(path, 'must be the name of a model, or an object with `model`')
}

/** The fields must make a request that could stand by itself, answered in the way in which the caller waits for it. */
function checked(body: Record<string, unknown>, path: string, { stream, route, body: asked }: RequestContext): Record<string, unknown> {
  if ((body['stream'] ?? stream) !== stream) throw invalid(`${path}.stream`, 'must be as the request has it')
  try {
    route.codec.parse({ ...asked, ...body })
  } catch (error) {
    if (!isGatewayError(error)) throw error
    throw new GatewayError('invalid_request', `\`${path}\`: ${error.message}`, { param: error.param === undefined ? path : `${path}.${error.param}`, cause: error })
  }
  return body
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function invalid(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}
