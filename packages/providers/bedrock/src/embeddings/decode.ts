import { type Call, type EmbeddingResponse, GatewayError, type Usage, usage } from '@tianjillm/core'
import { asArray, asNumber, asRecord, isRecord } from '@tianjillm/provider-kit'
import { wantsBase64 } from './encode.ts'

/**
 * An answer of an embedding model: Titan's `embedding`, Cohere's `embeddings` (a list, or a list a
 * type), Nova's `embeddings` of objects.
 *
 * @throws `upstream_malformed` when there is no vector in it
 */
export function decodeEmbeddings(body: unknown, call: Call): EmbeddingResponse {
  const vectors = vectorsOf(asRecord(body))
  if (vectors.length === 0) throw new GatewayError('upstream_malformed', 'bedrock answered something that holds no embedding of floats.', { provider: 'bedrock' })
  const tokens = embeddingUsageOf(body)?.input ?? 0
  return {
    object: 'list',
    model: call.model,
    data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: wantsBase64(call) ? packed(vector) : vector })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

/** Only Titan tells its tokens in the answer. */
export function embeddingUsageOf(body: unknown): Usage | undefined {
  const tokens = asNumber(asRecord(body)['inputTextTokenCount'])
  return tokens === undefined ? undefined : usage({ input: Math.max(0, Math.floor(tokens)) })
}

function vectorsOf({ embedding, embeddings, embeddingsByType }: Readonly<Record<string, unknown>>): number[][] {
  if (isVector(embedding)) return [embedding]
  if (isRecord(embeddingsByType) && isVector(embeddingsByType['float'])) return [embeddingsByType['float']]
  const list = isRecord(embeddings) ? embeddings['float'] : embeddings
  return asArray(list).map((entry) => (isRecord(entry) ? entry['embedding'] : entry)).filter(isVector)
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && typeof value[0] === 'number'
}

function packed(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}
