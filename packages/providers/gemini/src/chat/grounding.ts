import type { UrlCitation } from '@tianjillm/core'
import { asArray, asNumber, asRecord, asString } from '@tianjillm/provider-kit'

/**
 * Sources of a grounded answer as OpenAI's annotations: one for each stretch of text and source,
 * and one without a place for each source that no stretch names.
 * Source: https://ai.google.dev/api/generate-content#GroundingMetadata
 * @param text the whole answer: Gemini counts bytes of UTF-8, OpenAI's clients characters
 */
export function annotationsOf(grounding: unknown, text: string): UrlCitation[] {
  const { groundingChunks, groundingSupports } = asRecord(grounding)
  const sources = asArray(groundingChunks).map((chunk) => {
    const { web, retrievedContext, maps } = asRecord(chunk)
    const { uri, title } = asRecord(web ?? retrievedContext ?? maps)
    return { url: asString(uri), title: asString(title) }
  })
  const bytes = Buffer.from(text)
  const offset = (at: unknown): number | undefined => {
    const index = asNumber(at)
    return index === undefined || index < 0 ? undefined : bytes.subarray(0, index).toString().length
  }
  const placed = new Set<number>()
  const found: UrlCitation[] = []
  for (const support of asArray(groundingSupports).map(asRecord)) {
    const segment = asRecord(support['segment'])
    const end = offset(segment['endIndex'])
    for (const index of asArray(support['groundingChunkIndices'])) {
      const source = typeof index === 'number' ? sources[index] : undefined
      if (source?.url === undefined) continue
      placed.add(index as number)
      // Proto JSON leaves a start of 0 out.
      found.push(citation(source.url, source.title, end === undefined ? {} : { start_index: offset(segment['startIndex']) ?? 0, end_index: end }))
    }
  }
  for (const [i, { url, title }] of sources.entries()) if (url !== undefined && !placed.has(i)) found.push(citation(url, title, {}))
  return found
}

function citation(url: string, title: string | undefined, place: { start_index?: number; end_index?: number }): UrlCitation {
  return { type: 'url_citation', url_citation: { url, ...(title !== undefined && { title }), ...place } }
}
