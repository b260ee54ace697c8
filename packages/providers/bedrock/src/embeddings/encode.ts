import { type Call, type EmbeddingRequest, GatewayError } from '@tianjillm/core'
import { parseDataUrl } from '@tianjillm/provider-kit'
import type { BedrockModel } from '../model.ts'
import { embeddingFamily } from './family.ts'

const base64 = new WeakSet<Call>()

/** Whether the caller wants vectors as base64 of little-endian float32. */
export function wantsBase64(call: Call): boolean {
  return base64.has(call)
}

/**
 * An embedding request in the form of its model. Sources:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html (and -embed-mm),
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html (and -embed-v4),
 * https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
 *
 * @throws `invalid_request` for inputs that the model does not take
 */
export function encodeEmbeddings(input: EmbeddingRequest, call: Call, model: BedrockModel): Record<string, unknown> {
  if (input.encoding_format === 'base64') base64.add(call)
  const { model: _model, input: given, dimensions, encoding_format: _format, user: _user, ...own } = input
  const texts = textsOf(given)
  switch (embeddingFamily(model)) {
    case 'titan-v1': return { inputText: only(texts), ...own }
    case 'titan-v2': return { inputText: only(texts), ...(dimensions !== undefined && { dimensions }), ...own }
    case 'titan-image': return { ...titanMedia(only(texts)), ...(dimensions !== undefined && { embeddingConfig: { outputEmbeddingLength: dimensions } }), ...own }
    case 'cohere': return { ...cohereInput(texts), ...own }
    case 'cohere-v4': return { ...cohereInput(texts), ...(dimensions !== undefined && { output_dimension: dimensions }), embedding_types: ['float'], ...own }
    case 'nova': return {
      schemaVersion: 'nova-multimodal-embed-v1',
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: { embeddingPurpose: 'GENERIC_INDEX', embeddingDimension: dimensions ?? 3072, ...novaMedia(only(texts)), ...own },
    }
    case undefined:
      throw new GatewayError('invalid_request', 'bedrock: this model has no embedding format that is known here. Use a Titan, Cohere or Nova embedding model.', { param: 'model' })
  }
}

function textsOf(given: EmbeddingRequest['input']): readonly string[] {
  const list: readonly unknown[] = typeof given === 'string' ? [given] : given
  if (!Array.isArray(list) || list.length === 0 || !list.every((entry) => typeof entry === 'string')) {
    throw new GatewayError('invalid_request', 'bedrock: input must be a text or a list of texts; Bedrock does not take token ids.', { param: 'input' })
  }
  return list
}

/** Titan and Nova embed one input a call. */
function only(texts: readonly string[]): string {
  if (texts.length > 1) throw new GatewayError('invalid_request', `bedrock: this model embeds one input a call, and ${texts.length} were given. Send one at a time, or use a Cohere model.`, { param: 'input' })
  return texts[0]!
}

function titanMedia(text: string): Record<string, unknown> {
  const image = parseDataUrl(text)
  return image === undefined ? { inputText: text } : { inputImage: image.base64 }
}

function cohereInput(texts: readonly string[]): Record<string, unknown> {
  if (texts.every((text) => text.startsWith('data:image/'))) return { images: texts, input_type: 'image' }
  return { texts, input_type: 'search_document' }
}

function novaMedia(text: string): Record<string, unknown> {
  const media = parseDataUrl(text)
  const [kind, type] = media?.mediaType.split('/') ?? []
  if (media === undefined || type === undefined || (kind !== 'image' && kind !== 'audio' && kind !== 'video')) return { text: { truncationMode: 'END', value: text } }
  const format = { jpg: 'jpeg', mpeg: kind === 'audio' ? 'mp3' : 'mpeg', quicktime: 'mov', 'x-wav': 'wav', 'x-matroska': 'mkv', '3gpp': '3gp' }[type] ?? type
  return { [kind]: { format, source: { bytes: media.base64 }, ...(kind === 'video' && { embeddingMode: 'AUDIO_VIDEO_COMBINED' }) } }
}
