import type { BedrockModel } from '../model.ts'

/** The request formats of Bedrock's embedding models. */
export type EmbeddingFamily = 'titan-v1' | 'titan-v2' | 'titan-image' | 'cohere' | 'cohere-v4' | 'nova'

/** Which format a model takes; undefined: none that is known. */
export function embeddingFamily({ base, family }: BedrockModel): EmbeddingFamily | undefined {
  if (base.startsWith('amazon.titan-embed-image')) return 'titan-image'
  if (base.startsWith('amazon.titan-embed-text-v2')) return 'titan-v2'
  if (base.startsWith('amazon.titan-embed')) return 'titan-v1'
  if (family === 'nova' && base.includes('embed')) return 'nova'
  if (family === 'cohere') return base.includes('embed-v4') ? 'cohere-v4' : 'cohere'
  return undefined
}

/** Formats that have a field for the number of dimensions. */
export function takesDimensions(family: EmbeddingFamily | undefined): boolean {
  return family !== 'titan-v1' && family !== 'cohere' && family !== undefined
}
