import type { GatewayError, UpstreamReply } from '@tianjillm/core'
import { asRecord, asString, errorFromReply } from '@tianjillm/provider-kit'

/**
 * Errors whose name says more than their status.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 * and https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
const statusOf: Readonly<Record<string, number>> = {
  throttlingexception: 429, servicequotaexceededexception: 429, modelnotreadyexception: 503, serviceunavailableexception: 503,
  modeltimeoutexception: 408, modelerrorexception: 500, modelstreamerrorexception: 500, internalserverexception: 500, internalfailure: 500,
  validationexception: 400, resourcenotfoundexception: 404, accessdeniedexception: 403,
  expiredtokenexception: 401, unrecognizedclientexception: 401, invalidsignatureexception: 401, incompletesignatureexception: 401, missingauthenticationtokenexception: 401,
}

/** An error answer of Bedrock: `{"message"}`, with its name in `x-amzn-errortype`. */
export function errorOf(reply: UpstreamReply, secrets: readonly string[]): GatewayError {
  const status = reply.status >= 400 ? (statusOf[errorName(reply).toLowerCase()] ?? reply.status) : reply.status
  return errorFromReply({ ...reply, status }, { provider: 'bedrock', secrets, parse: wordsOf })
}

/** An exception inside a stream; `name` is the frame's `:exception-type`. */
export function streamErrorOf(name: string, payload: unknown, secrets: readonly string[]): GatewayError {
  const type = name.charAt(0).toUpperCase() + name.slice(1)
  return errorOf({ status: 500, headers: { 'x-amzn-errortype': type }, body: Buffer.from(JSON.stringify(payload ?? {})) }, secrets)
}

/** Whether AWS says that temporary credentials are over. */
export function isExpired(reply: UpstreamReply): boolean {
  return errorName(reply).toLowerCase() === 'expiredtokenexception'
}

/** `ValidationException:http://internal.amazon.com/...` -> `ValidationException`. */
function errorName({ headers }: UpstreamReply): string {
  const header = headers['x-amzn-errortype']
  return (typeof header === 'string' ? header : (header?.[0] ?? '')).split(':')[0]!
}

/** Some services of AWS write `Message`; models' own errors stand in `originalMessage`. */
function wordsOf(json: unknown): { message?: string | undefined } {
  const body = asRecord(json)
  const message = asString(body['message']) ?? asString(body['Message'])
  const original = asString(body['originalMessage'])
  return { message: message !== undefined && original !== undefined && !message.includes(original) ? `${message} (${original})` : message ?? original }
}
