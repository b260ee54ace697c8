import { TianjiError } from './error.ts'

/** What to do when something else answered. */
export const NOT_A_GATEWAY = 'Check the base URL: something else listens there, or stands in between.'

const hints: Readonly<Record<number, string>> = {
  400: 'Change what the message names, and send it again.',
  401: 'Check the API key: it may be mistyped, expired, blocked or deleted.',
  403: 'This API key may not do that. Use the master key, or a key of somebody who may.',
  404: 'Check the name or id; what a key may not see is answered as if it were not there.',
  409: 'Read it again: somebody else has the name, or changed it at the same moment.',
  422: 'Change the field that the message names, and send it again.',
  429: 'Wait a moment before the next request.',
  503: 'The gateway cannot do this now, often because its database is away. Try again shortly.',
}

/**
 * The error that an answer tells of, in OpenAI's shape or any other.
 * Source: https://platform.openai.com/docs/guides/error-codes
 */
export async function errorOf(response: Response, asked: string): Promise<TianjiError> {
  const { status } = response
  // A browser shows nothing of a redirect that it was told not to follow, not even its status.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const target = response.headers.get('location')
    return new TianjiError(`${asked} was answered with a redirect, which is not followed: it would take the API key along.`, {
      status, type: 'redirect', hint: target === null ? 'Use the address that the gateway itself listens on.' : `Use ${originOf(target)} as the base URL if you trust it.`,
    })
  }
  const told = read(await response.text().catch(() => ''))
  return new TianjiError(told?.message ?? `${asked} was answered with status ${status}, and not by a gateway: its body is no error of one.`, {
    status,
    type: told?.type ?? 'unknown_answer',
    param: told?.param,
    code: told?.code,
    hint: told ? (hints[status] ?? (status >= 500 ? 'The gateway failed. Its log tells why.' : undefined)) : NOT_A_GATEWAY,
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  })
}

interface Told {
  readonly message: string
  readonly type?: string
  readonly param?: string
  readonly code?: string
}

function read(text: string): Told | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: Readonly<Record<string, unknown>> }
    const word = (name: string): string | undefined => (typeof error?.[name] === 'string' ? error[name] : undefined)
    const [message, type, param, code] = [word('message'), word('type'), word('param'), word('code')]
    return message === undefined ? undefined : { message, ...(type !== undefined && { type }), ...(param !== undefined && { param }), ...(code !== undefined && { code }) }
  } catch {
    return undefined
  }
}

/** Seconds; the form with a date is not used by gateways. */
function retryAfter(text: string | null): number | undefined {
  return text !== null && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : undefined
}

function originOf(target: string): string {
  return URL.parse(target)?.origin ?? 'the address that it leads to'
}
