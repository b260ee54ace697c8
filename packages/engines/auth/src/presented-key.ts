/** Reads one request header, by lower-case name. */
export type HeaderReader = (name: string) => string | undefined

/** Headers that may carry a key besides `Authorization`, in the order they are asked. */
const keyHeaders = ['api-key', 'x-api-key', 'x-goog-api-key', 'ocp-apim-subscription-key'] as const

/**
 * The key that a request presents: the operator's own header first, then LiteLLM's,
 * `Authorization: Bearer`, Azure's, Anthropic's, Google's, API Management's. Empty headers count as absent.
 *
 * @param ownHeader `general_settings.litellm_key_header_name`, lower case
 */
export function presentedKey(header: HeaderReader, ownHeader?: string): string | undefined {
  const own = ownHeader === undefined ? '' : withoutScheme(header(ownHeader))
  const first = own || withoutScheme(header('x-litellm-api-key')) || withoutScheme(header('authorization'))
  if (first !== '') return first
  for (const name of keyHeaders) {
    const value = header(name)?.trim()
    if (value) return value
  }
  return undefined
}

/** RFC 6750 2.1, or the bare key. */
function withoutScheme(value: string | undefined): string {
  if (value === undefined) return ''
  // How clients write it; the rest is for what people write.
  if (value.startsWith('Bearer sk-') && !value.includes(' ', 7)) return value.slice(7)
  return value.replace(/^\s*bearer(?:\s+|$)/i, '').trim()
}
