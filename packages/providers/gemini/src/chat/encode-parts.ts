import { type ContentPart, type FilePart, GatewayError } from '@tianjillm/core'
import { parseDataUrl } from '@tianjillm/provider-kit'
import type { Part } from '../wire.ts'
import { mediaTypeOf } from './media-type.ts'

/** The URI of an uploaded file by its id; undefined when the id is none of this service. */
export type FileUri = (id: string) => string | undefined

/**
 * A message's content as parts: data inline, addresses as `fileData`, which the API fetches itself.
 * Source: https://ai.google.dev/gemini-api/docs/file-input-methods
 * @param where path of the message, for errors
 * @throws `invalid_request`
 */
export function encodeParts(content: string | readonly ContentPart[] | null | undefined, where: string, fileUri: FileUri): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }]
  if (!Array.isArray(content)) return []
  return (content as readonly ContentPart[]).flatMap((part, i) => encodePart(part, `${where}.content[${i}]`, fileUri))
}

function encodePart(part: ContentPart, where: string, fileUri: FileUri): Part[] {
  switch (part.type) {
    case 'text':
      // The API refuses empty texts.
      return part.text === '' ? [] : [{ text: part.text }]
    case 'refusal':
      return part.refusal === '' ? [] : [{ text: part.refusal }]
    case 'image_url': {
      const image = typeof part.image_url === 'string' ? { url: part.image_url } : part.image_url
      return [fromUrl(image.url, image.format, `${where}.image_url`)]
    }
    case 'input_audio': {
      const { data, format } = part.input_audio
      const url = parseDataUrl(data)
      return [{ inlineData: { mimeType: url?.mediaType ?? (format.includes('/') ? format : `audio/${format}`), data: url?.base64 ?? data } }]
    }
    case 'file':
      return [fromFile(part.file, `${where}.file`, fileUri)]
    default: {
      const { type, video_url: video } = part as { type?: unknown; video_url?: { url?: unknown; format?: string } | string }
      const url = typeof video === 'string' ? video : video?.url
      if (type === 'video_url' && typeof url === 'string') return [fromUrl(url, typeof video === 'object' ? video.format : undefined, `${where}.video_url`)]
      throw new GatewayError('invalid_request', `Gemini has no equivalent of the kind of content at ${where}.`, { param: `${where}.type` })
    }
  }
}

function fromFile({ file_data: data, file_id: id, format, filename }: FilePart['file'], where: string, fileUri: FileUri): Part {
  if (data !== undefined) {
    if (/^[a-z][a-z\d+.-]*:/i.test(data)) return fromUrl(data, format, where)
    const mimeType = format ?? mediaTypeOf(filename ?? '')
    if (mimeType === undefined) throw new GatewayError('invalid_request', `The media type of ${where} is unknown: send a data URL, \`format\`, or a \`filename\` with a known extension.`, { param: where })
    return { inlineData: { mimeType, data } }
  }
  if (id === undefined) throw new GatewayError('invalid_request', `${where} has neither \`file_data\` nor \`file_id\`.`, { param: where })
  return fromUrl(fileUri(id) ?? id, format ?? mediaTypeOf(filename ?? ''), where)
}

function fromUrl(url: string, format: string | undefined, where: string): Part {
  const inline = parseDataUrl(url)
  if (inline !== undefined) return { inlineData: { mimeType: format ?? inline.mediaType, data: inline.base64 } }
  if (!/^(?:https?|gs):\/\//i.test(url)) throw new GatewayError('invalid_request', `${where} must be a data URL, an https URL, or the id of a file that was uploaded to the provider.`, { param: where })
  const mimeType = format ?? mediaTypeOf(url)
  return { fileData: { ...(mimeType !== undefined && { mimeType }), fileUri: url } }
}
