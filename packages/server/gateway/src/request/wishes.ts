import { GatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { type Standby, standbysOf } from './standbys.ts'

/** How the model that was asked is to fail. */
export type MockFailure = 'upstream_error' | 'upstream_rate_limit' | 'upstream_timeout' | 'upstream_context_window' | 'upstream_content_policy'

/** What a request says of attempts (LiteLLM's fields and headers). */
export interface Wishes {
  /** `num_retries`, `x-litellm-num-retries`. */
  readonly retries?: number
  /** `fallbacks`: a list for this request. */
  readonly fallbacks?: readonly Standby[]
  /** `disable_fallbacks`. */
  readonly noFallbacks?: true
  /** `timeout`, `x-litellm-timeout`: milliseconds for everything. */
  readonly deadlineMs?: number
  /** `x-litellm-stream-timeout`, of streams: milliseconds until the first chunk, and between any two. */
  readonly chunkMs?: number
  /** `mock_testing_fallbacks` and its like: the model fails, for retries or fallbacks to be tested. */
  readonly mockFailure?: MockFailure
  /** `mock_response`: what is answered instead of calling anybody. */
  readonly mockResponse?: string
  /** `x-tianjillm-continue-stream`. */
  readonly continueStream?: boolean
  /** `x-tianjillm-trace`: tell the decisions in a header. */
  readonly trace?: true
}

/** A request that says nothing. */
export const noWishes: Wishes = Object.freeze({})
const MOST_RETRIES = 100

/** @throws `invalid_request` naming the field or header */
export function readWishes(ctx: RequestContext): Wishes {
  const { body, exchange, stream } = ctx
  const retries = body['num_retries'] ?? exchange.header('x-litellm-num-retries')
  const timeout = body['timeout'] ?? exchange.header('x-litellm-timeout')
  const chunkTimeout = stream ? exchange.header('x-litellm-stream-timeout') : undefined
  const { fallbacks, disable_fallbacks: noFallbacks, mock_response: mockResponse } = body
  const mockFailure = mockFailureOf(body)
  const goOn = exchange.header('x-tianjillm-continue-stream')
  const trace = exchange.header('x-tianjillm-trace')
  if ((retries ?? timeout ?? chunkTimeout ?? fallbacks ?? noFallbacks ?? mockResponse ?? mockFailure ?? goOn ?? trace) === undefined) return noWishes
  return {
    ...(isSaid(retries) && { retries: retriesOf(retries, isSaid(body['num_retries']) ? 'num_retries' : 'x-litellm-num-retries') }),
    ...(isSaid(timeout) && { deadlineMs: millisecondsOf(timeout, isSaid(body['timeout']) ? 'timeout' : 'x-litellm-timeout') }),
    ...(chunkTimeout !== undefined && { chunkMs: millisecondsOf(chunkTimeout, 'x-litellm-stream-timeout') }),
    ...(isSaid(fallbacks) && { fallbacks: standbysOf(fallbacks, ctx) }),
    ...(isSaid(noFallbacks) && flag('disable_fallbacks', noFallbacks) && { noFallbacks: true }),
    ...(isSaid(mockResponse) && { mockResponse: textOf('mock_response', mockResponse) }),
    ...(mockFailure && { mockFailure }),
    ...(goOn !== undefined && { continueStream: flag('x-tianjillm-continue-stream', goOn) }),
    ...(trace !== undefined && flag('x-tianjillm-trace', trace) && { trace: true }),
  }
}

/** LiteLLM's fields, in its order; of the second one it has two names. */
const mocks = [['mock_testing_fallbacks', 'upstream_error'], ['mock_testing_context_fallbacks', 'upstream_context_window'], ['mock_testing_context_window_fallbacks', 'upstream_context_window'], ['mock_testing_content_policy_fallbacks', 'upstream_content_policy'], ['mock_testing_rate_limit_error', 'upstream_rate_limit'], ['mock_timeout', 'upstream_timeout']] as const
/** Fields of requests that are not for providers. */
export const mockFields: readonly string[] = mocks.map(([name]) => name)

function mockFailureOf(body: Readonly<Record<string, unknown>>): MockFailure | undefined {
  for (const [name, code] of mocks) if (isSaid(body[name]) && flag(name, body[name])) return code
  return undefined
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null
}

function retriesOf(value: unknown, name: string): number {
  const count = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > MOST_RETRIES) throw invalid(name, `must be a whole number from 0 to ${MOST_RETRIES}`)
  return count
}

function millisecondsOf(value: unknown, name: string): number {
  const seconds = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) throw invalid(name, 'must be a number of seconds above 0')
  return seconds * 1000
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw invalid(name, 'must be a text')
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
