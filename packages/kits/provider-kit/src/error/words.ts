import { asArray, asNumber, asRecord, asString, isRecord, parseJson } from '../json.ts'

/** What an upstream says about an error, read from its body. */
export interface ReplyWords {
  readonly message?: string | undefined
  readonly type?: string | undefined
  /** Only codes that are words; numbers repeat the status. */
  readonly code?: string | undefined
  readonly param?: string | undefined
  /** Seconds to wait, where the body says so. */
  readonly retryAfter?: number | undefined
}

/** No error body is worth reading beyond this. */
const MAX_BODY = 64 * 1024

/**
 * Reads the shapes that most upstreams use: OpenAI `{error: {message, type, code, param}}`, the
 * same in an array (Gemini), `{error: "text"}`, `{message}`, `{detail}` (FastAPI, also as a list),
 * `{errors: [{message}]}`, plain text. HTML says nothing.
 */
export function readWords(body: Uint8Array, parse?: (json: unknown) => ReplyWords | undefined): ReplyWords {
  const text = new TextDecoder().decode(body.byteLength > MAX_BODY ? body.subarray(0, MAX_BODY) : body).trim()
  const json = parseJson(text)
  if (json === undefined) return /^<|<html/i.test(text.slice(0, 200)) ? {} : { message: text }
  const own = parse?.(json)
  return own === undefined ? common(json) : { ...common(json), ...defined(own) }
}

function common(json: unknown): ReplyWords {
  const top = Array.isArray(json) ? json[0] : json
  if (typeof top === 'string') return { message: top }
  if (!isRecord(top)) return {}
  const first = top['error'] ?? asArray(top['errors'])[0]
  const inner = isRecord(first) ? first : top
  return {
    message: asString(inner['message']) ?? asString(first) ?? asString(inner['Message']) ?? asString(inner['error_message'])
      ?? asString(inner['error_description']) ?? asString(inner['msg']) ?? detailOf(inner['detail']) ?? asString(inner['title']),
    type: word(inner['type']) ?? word(inner['status']) ?? word(inner['__type']),
    code: word(inner['code']) ?? word(inner['error_code']) ?? word(asRecord(inner['innererror'])['code']),
    param: asString(inner['param'])?.slice(0, 200),
  }
}

/** FastAPI: a text, or a list of `{loc, msg}`. */
function detailOf(detail: unknown): string | undefined {
  if (!Array.isArray(detail)) return asString(detail) ?? asString(asRecord(detail)['message'])
  const lines = detail.slice(0, 5).map((entry) => {
    const { loc, msg } = asRecord(entry)
    return [asArray(loc).filter((step) => typeof step === 'string' || asNumber(step) !== undefined).join('.'), asString(msg)].filter(Boolean).join(': ')
  })
  return asString(lines.filter(Boolean).join('; '))
}

/** A machine-readable word; sentences and numbers are none. AWS puts a namespace before `#`. */
function word(value: unknown): string | undefined {
  const text = asString(value)?.split('#').at(-1)
  return text !== undefined && /^[A-Za-z][\w.:-]{0,99}$/.test(text) && text !== 'error' ? text : undefined
}

function defined(words: ReplyWords): ReplyWords {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined))
}
