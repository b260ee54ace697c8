import { type Call, type EmbeddingRequest, GatewayError } from '@tianjillm/core'
import { modelPath } from '../model.ts'

/** Facts of a request that its answer needs. */
const asked = new WeakMap<Call, { readonly base64: boolean }>()

/** How the caller of `call` wants the vectors. */
export function wantsBase64(call: Call): boolean {
  return asked.get(call)?.base64 ?? false
}

/**
 * The body of `batchEmbedContents`, one request for each text.
 * Source: https://ai.google.dev/api/embeddings#method:-models.batchembedcontents
 * @throws `invalid_request` for token lists, which the API does not take
 */
export function encodeEmbeddings(input: EmbeddingRequest, call: Call): { requests: Record<string, unknown>[] } {
  asked.set(call, { base64: input.encoding_format === 'base64' })
  const texts: readonly unknown[] = Array.isArray(input.input) ? input.input : [input.input]
  const model = modelPath(call.model)
  const options = {
    ...optional('outputDimensionality', input.dimensions ?? input['output_dimensionality'] ?? input['outputDimensionality']),
    ...optional('taskType', input['task_type'] ?? input['taskType']),
    ...optional('title', input['title']),
  }
  return {
    requests: texts.map((text) => {
      if (typeof text !== 'string') throw new GatewayError('invalid_request', 'Gemini embeds texts; lists of tokens have no equivalent.', { param: 'input' })
      return { model, content: { parts: [{ text }] }, ...options }
    }),
  }
}

function optional(name: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === null ? {} : { [name]: value }
}
