import { GatewayError, isGatewayError } from '@tianjillm/core'

/** The code of a Node, undici or llhttp error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** undici's codes for a request that it will not write. */
export const refusedByUs: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])

/** What went wrong, in our words. `answered`: the head of the response had arrived. */
export function toGatewayError(error: unknown, host: string, answered: boolean): GatewayError {
  if (isGatewayError(error)) return error
  const code = codeOf(error) ?? ''
  const details = { cause: error }
  if (refusedByUs.has(code)) {
    // undici names the header, never its value; a name with control characters must not reach a log.
    const reason = error instanceof Error ? error.message.replace(/[^\u0020-\u007e]/g, '?') : code
    return new GatewayError('invalid_request', `The request to ${host} cannot be sent: ${reason}. Nothing was sent.`, details)
  }
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return new GatewayError('shutting_down', `The call to ${host} ended because this replica is shutting down.`, details)
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new GatewayError('upstream_malformed', `${host} sent a response head that is larger than allowed.`, details)
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && !answered) {
    return new GatewayError('upstream_malformed', `${host} sent a response head with contradictory lengths.`, details)
  }
  const parsing = error instanceof Error && error.name === 'HTTPParserError' ? error.message.replace(/^.*\((.*)\)$/, '$1') : undefined
  if (parsing !== undefined && parsing !== 'Invalid EOF state') {
    // Without the cause: undici's parser errors carry a piece of what the server sent.
    return new GatewayError('upstream_malformed', `${host} sent something that is not HTTP/1.1: ${parsing}.`)
  }
  const why = code === '' ? '' : ` (${code})`
  const cause = parsing === undefined ? details : {}
  return answered
    ? new GatewayError('upstream_interrupted', `The connection to ${host} broke in the middle of the answer${why}.`, cause)
    : new GatewayError('upstream_unreachable', `No answer from ${host}: the connection could not be made or broke before the answer${why}.`, cause)
}

/** The error of one time-out: which one, how long, to where. */
export function timedOut(which: string, ms: number, host: string): GatewayError {
  return new GatewayError('upstream_timeout', `${host} did not answer in time: the ${which} time-out of ${ms} ms passed.`)
}
