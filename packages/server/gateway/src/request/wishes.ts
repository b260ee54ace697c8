import { GatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'

/** A model to ask instead, and fields of the request that it gets instead of the caller's. */
export interface Standby {
  readonly model: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** How the model that was asked is to fail. */
export type MockFailure = 'upstream_error' | 'upstream_context_window' | 'upstream_content_policy'

/** What a request says of attempts (LiteLLM's fields and headers). */
export interface Wishes {
  /** `num_retries`, `x-litellm-num-retries`. */
  readonly retries?: number
  /** `fallbacks`: a list for this request. */
  readonly fallbacks?: readonly Standby[]
  /** `disable_fallbacks`. */
  readonly noFallbacks?: true
  /** `timeout`, `x-litellm-timeout`, and `x-litellm-stream-timeout` for streams: milliseconds for everything. */
  readonly deadlineMs?: number
  /** `mock_testing_fallbacks`, `mock_testing_context_window_fallbacks`, `mock_testing_content_policy_fallbacks`: the model fails, for its fallbacks to be tested. */
  readonly mockFailure?: MockFailure
  /** `x-tianjillm-continue-stream`. */
  readonly continueStream?: boolean
  /** `x-tianjillm-trace`: tell the decisions in a header. */
  readonly trace?: true
}

/** A request that says nothing. */
export const noWishes: Wishes = Object.freeze({})
const MOST_RETRIES = 100
const MOST_FALLBACKS = 20

/** @throws `invalid_request` naming the field or header */
export function readWishes({ body, exchange, stream }: RequestContext): Wishes {
  const retries = body['num_retries'] ?? exchange.header('x-litellm-num-retries')
  const timeout = (stream ? exchange.header('x-litellm-stream-timeout') : undefined) ?? body['timeout'] ?? exchange.header('x-litellm-timeout')
  const { fallbacks, disable_fallbacks: noFallbacks } = body
  const mockFailure = mockFailureOf(body)
  const goOn = exchange.header('x-tianjillm-continue-stream')
  const trace = exchange.header('x-tianjillm-trace')
  if ((retries ?? timeout ?? fallbacks ?? noFallbacks ?? mockFailure ?? goOn ?? trace) === undefined) return noWishes
  return {
    ...(isSaid(retries) && { retries: retriesOf(retries) }),
    ...(isSaid(timeout) && { deadlineMs: millisecondsOf(timeout) }),
    ...(isSaid(fallbacks) && { fallbacks: standbysOf(fallbacks, stream) }),
    ...(isSaid(noFallbacks) && flag('disable_fallbacks', noFallbacks) && { noFallbacks: true }),
    ...(mockFailure && { mockFailure }),
    ...(goOn !== undefined && { continueStream: flag('x-tianjillm-continue-stream', goOn) }),
    ...(trace !== undefined && flag('x-tianjillm-trace', trace) && { trace: true }),
  }
}

/** LiteLLM's fields, in its order; of the second one it has two names. */
const mocks = [['mock_testing_fallbacks', 'upstream_error'], ['mock_testing_context_fallbacks', 'upstream_context_window'], ['mock_testing_context_window_fallbacks', 'upstream_context_window'], ['mock_testing_content_policy_fallbacks', 'upstream_content_policy']] as const
/** Fields of requests that are not for providers. */
export const mockFields: readonly string[] = mocks.map(([name]) => name)

function mockFailureOf(body: Readonly<Record<string, unknown>>): MockFailure | undefined {
  for (const [name, code] of mocks) if (isSaid(body[name]) && flag(name, body[name])) return code
  return undefined
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null
}

function retriesOf(value: unknown): number {
  const count = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > MOST_RETRIES) throw invalid('num_retries', `must be a whole number from 0 to ${MOST_RETRIES}`)
  return count
}

function millisecondsOf(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) throw invalid('timeout', 'must be a number of seconds above 0')
  return seconds * 1000
}

/** A model's name, an object with `model` and fields of its own, or LiteLLM's router form `{"gpt-4o": ["claude"]}`. */
function standbysOf(value: unknown, stream: boolean): readonly Standby[] {
  if (!Array.isArray(value) || value.length > MOST_FALLBACKS) throw invalid('fallbacks', `must be a list of at most ${MOST_FALLBACKS} models`)
  return value.flatMap((one: unknown, at): Standby[] => {
    if (typeof one === 'string' && one !== '') return [{ model: one }]
    if (typeof one === 'object' && one !== null) {
      const { model, ...body } = one as Record<string, unknown>
      if ((body['stream'] ?? stream) !== stream) throw invalid(`fallbacks[${at}].stream`, 'must be as the request has it')
      if (typeof model === 'string' && model !== '') return [Object.keys(body).length > 0 ? { model, body } : { model }]
      const lists = Object.values(one).flat()
      if (model === undefined && lists.length > 0 && lists.every((name) => typeof name === 'string' && name !== '')) return lists.map((name) => ({ model: name as string }))
    }
    throw invalid(`fallbacks[${at}]`, 'must be the name of a model, or an object with `model`')
  })
}

function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && /^(?:true|1|on)$/i.test(value)) return true
  if (typeof value === 'string' && /^(?:false|0|off)$/i.test(value)) return false
  throw invalid(name, 'must be true or false')
}

function invalid(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}
