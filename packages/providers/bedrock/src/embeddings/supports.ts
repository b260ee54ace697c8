import type { BedrockModel } from '../model.ts'
import { embeddingFamily, takesDimensions } from './family.ts'

/** Whether an embedding model takes a field; fields that OpenAI does not define are the model's own. */
export function supportsEmbeddingField(field: string, model: BedrockModel): boolean {
  return field !== 'dimensions' || takesDimensions(embeddingFamily(model))
}
