import { type ErrorCode, GatewayError, type UpstreamReply } from '@tianjillm/core'
import { codeOf } from './classify.ts'
import { headerOf, retryAfterOf } from './retry-after.ts'
import { scrubSecrets } from './scrub.ts'
import { readWords, type ReplyWords } from './words.ts'

/** What {@link errorFromReply} must know beside the reply. */
export interface ReplyFacts {
  /** The provider's name, as the operator knows it. */
  readonly provider: string
  /**
   * Reads a body that has the provider's own shape. What it gives wins over what the usual
   * shapes give; undefined: read it as usual.
   */
  readonly parse?: (json: unknown) => ReplyWords | undefined
  /** Credentials of this deployment: removed from the message wherever they stand. */
  readonly secrets?: readonly string[]
}

const MAX_MESSAGE = 1000

/**
 * An upstream's error answer as our error: the code by status and by what the body says, the
 * upstream's status, type, code and param kept, its message cut and freed of credentials.
 * Never throws, whatever the body is.
 */
export function errorFromReply(reply: UpstreamReply, { provider, parse, secrets = [] }: ReplyFacts): GatewayError {
  const words = wordsOf(reply, parse)
  const code = codeOf(reply.status, words)
  const retryAfter = retryAfterOf(reply.headers) ?? words.retryAfter
  const ownCode = wireCode(code, words)
  const clean = (text: string): string => scrubSecrets(text, secrets)
  return new GatewayError(code, `${provider}: ${messageOf(reply.status, words, clean)}`, {
    provider,
    ...(reply.status >= 400 && reply.status <= 599 && { status: reply.status }),
    ...(words.type !== undefined && { type: clean(words.type) }),
    ...(ownCode !== undefined && { wireCode: clean(ownCode) }),
    ...(words.param !== undefined && { param: clean(words.param) }),
    ...(retryAfter !== undefined && { retryAfter }),
  })
}

function wordsOf(reply: UpstreamReply, parse: ReplyFacts['parse']): ReplyWords {
  let words: ReplyWords
  try {
    words = readWords(reply.body, parse)
  } catch {
    // A provider's own reader met a shape that it did not expect; the usual shapes still hold.
    words = readWords(reply.body)
  }
  // AWS names the error in a header (`ValidationException:http://...`).
  const named = headerOf(reply.headers, 'x-amzn-errortype')?.split(':')[0]
  return words.type === undefined && named !== undefined ? { ...words, type: named } : words
}

/** Clients act on these two codes, whatever each upstream calls them. */
function wireCode(code: ErrorCode, words: ReplyWords): string | undefined {
  return code === 'upstream_context_window' || code === 'upstream_content_policy' ? undefined : words.code
}

function messageOf(status: number, words: ReplyWords, clean: (text: string) => string): string {
  if (status < 400) return `answered with a redirect (status ${status}), which is not followed. Check the deployment's api_base.`
  // Cut first with room to spare: the patterns then run over bounded text, and no key is cut in two.
  const text = clean((words.message ?? '').slice(0, MAX_MESSAGE * 4).replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
  if (text === '') return `answered with status ${status} and no readable message.`
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text
}
