import { type Call, type EmbeddingResponse, GatewayError, inputTokens } from '@tianjillm/core'
import { asRecord, isRecord } from '@tianjillm/provider-kit'
import { usageOfGemini } from '../chat/usage.ts'
import { wantsBase64 } from './encode.ts'

/**
 * An answer of `batchEmbedContents` (or `embedContent`) in OpenAI's form. Older embedding models
 * tell no usage; it is 0 then, as OpenAI's form has no word for unknown.
 * @throws `upstream_malformed`
 */
export function decodeEmbeddings(body: unknown, call: Call, provider: string): EmbeddingResponse {
  const { embeddings, embedding } = asRecord(body)
  const list: unknown = embeddings ?? (isRecord(embedding) ? [embedding] : undefined)
  if (!Array.isArray(list)) throw malformed(provider)
  const base64 = wantsBase64(call)
  const usage = usageOfGemini(body)
  const tokens = usage ? inputTokens(usage) : 0
  return {
    object: 'list', model: call.model,
    data: list.map((entry, index) => {
      const values: unknown = asRecord(entry)['values']
      if (!Array.isArray(values)) throw malformed(provider)
      return { object: 'embedding', index, embedding: base64 ? packed(values as number[]) : (values as number[]) }
    }),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

/** Little-endian float32, as OpenAI packs vectors. */
function packed(values: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, i * 4)
  return bytes.toString('base64')
}

const malformed = (provider: string): GatewayError => new GatewayError('upstream_malformed', `${provider} answered with something that is not a list of embeddings.`, { provider })
