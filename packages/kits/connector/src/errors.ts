import { GatewayError, isGatewayError } from '@tianjillm/core'
import { Malformed } from './http1/malformed.ts'

/** The code of a Node or undici error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** What went wrong, in our words. `answered`: the head of the response had arrived. */
export function toGatewayError(error: unknown, host: string, answered: boolean): GatewayError {
  if (isGatewayError(error)) return error
  const code = codeOf(error) ?? ''
  const details = { cause: error }
  if (error instanceof Malformed) return new GatewayError('upstream_malformed', `${host} sent something that is not an HTTP/1.1 answer: ${error.reason}.`)
  const why = code === '' ? '' : ` (${code})`
  return answered
    ? new GatewayError('upstream_interrupted', `The connection to ${host} broke in the middle of the answer${why}.`, details)
    : new GatewayError('upstream_unreachable', `No answer from ${host}: the connection could not be made or broke before the answer${why}.`, details)
}

/** The error of one time-out: which one, how long, to where. */
export function timedOut(which: string, ms: number, host: string): GatewayError {
  return new GatewayError('upstream_timeout', `${host} did not answer in time: the ${which} time-out of ${ms} ms passed.`)
}
