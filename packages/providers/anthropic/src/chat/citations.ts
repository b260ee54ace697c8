import type { UrlCitation } from '@tianjillm/core'
import { asRecord, asString } from '@tianjillm/provider-kit'

/** Citations with an address, as OpenAI's annotations of the text from `start` to `end`. */
export function annotationsOf(citations: readonly unknown[], start: number, end: number): UrlCitation[] {
  return citations.flatMap((citation): UrlCitation[] => {
    const { url, source, title } = asRecord(citation)
    const address = asString(url) ?? (/^https?:/.test(String(source)) ? asString(source) : undefined)
    if (address === undefined) return []
    return [{ type: 'url_citation', url_citation: { url: address, ...(asString(title) && { title: String(title) }), start_index: start, end_index: end } }]
  })
}
