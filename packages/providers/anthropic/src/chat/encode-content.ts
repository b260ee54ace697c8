import { type CacheControl, type ContentPart, type FilePart, GatewayError, type ImagePart, type TextPart } from '@tianjillm/core'
import { parseDataUrl } from '@tianjillm/provider-kit'
import { type Block, marked, nativeBlocks } from './wire.ts'

const PDF = 'application/pdf'

const types: Readonly<Record<string, string>> = {
  pdf: PDF, txt: 'text/plain', md: 'text/markdown', csv: 'text/csv', html: 'text/html', json: 'application/json', xml: 'application/xml',
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp',
}

/** `content` as blocks. Empty texts are left out: the API refuses them. `where` names the field for errors. */
export function contentBlocks(content: string | readonly ContentPart[] | null | undefined, where: string): Block[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ type: 'text', text: content }]
  return content.flatMap((part, i) => {
    const block = partBlock(part, `${where}[${i}]`)
    return block.type === 'text' && String(block['text']).trim() === '' ? [] : [block]
  })
}

/** The blocks with `mark` on the last one, as a mark on the whole message means. */
export function markLast(blocks: Block[], mark: CacheControl | null | undefined): Block[] {
  if (!mark || blocks.length === 0) return blocks
  return [...blocks.slice(0, -1), marked(blocks.at(-1)!, mark)]
}

function partBlock(part: ContentPart, where: string): Block {
  switch (part.type) {
    case 'text': return textBlock(part)
    case 'refusal': return { type: 'text', text: part.refusal }
    case 'image_url': return marked(imageBlock(part, where), part.cache_control)
    case 'file': return marked(fileBlock(part, where), part.cache_control)
    default:
      if (nativeBlocks.has((part as { type: string }).type)) return part as unknown as Block
      throw new GatewayError('invalid_request', `Claude takes no content of type ${JSON.stringify((part as { type?: unknown }).type)}. Send text, images, or PDF and text files.`, { param: where })
  }
}

/** Nothing but what the API knows: it refuses further fields. */
function textBlock(part: TextPart & { readonly citations?: unknown }): Block {
  return marked({ type: 'text', text: part.text, ...(Array.isArray(part.citations) && { citations: part.citations }) }, part.cache_control)
}

function imageBlock({ image_url: image }: ImagePart, where: string): Block {
  const { url, format } = typeof image === 'string' ? { url: image } : image
  const data = parseDataUrl(url)
  if (data) return dataBlock(format ?? data.mediaType, data.base64, undefined, where)
  if (/^https?:/i.test(url)) return format === PDF ? { type: 'document', source: { type: 'url', url } } : { type: 'image', source: { type: 'url', url } }
  throw new GatewayError('invalid_request', 'An image must be an https address or a base64 data URL.', { param: `${where}.image_url.url` })
}

function fileBlock({ file }: FilePart, where: string): Block {
  const { file_id: id, file_data: data, filename, format } = file
  const title = filename === undefined ? {} : { title: filename }
  const type = format ?? types[filename?.split('.').at(-1)?.toLowerCase() ?? '']
  if (id !== undefined) {
    // LiteLLM takes addresses here too.
    const source = /^https?:/i.test(id) ? { type: 'url', url: id } : { type: 'file', file_id: id }
    return type?.startsWith('image/') ? { type: 'image', source } : { type: 'document', source, ...title }
  }
  if (data === undefined) throw new GatewayError('invalid_request', 'A file needs `file_data` or `file_id`.', { param: `${where}.file` })
  if (/^https?:/i.test(data)) return { type: 'document', source: { type: 'url', url: data }, ...title }
  const parsed = parseDataUrl(data)
  return dataBlock(format ?? parsed?.mediaType ?? type ?? PDF, parsed?.base64 ?? data, filename, where)
}

function dataBlock(mediaType: string, base64: string, filename: string | undefined, where: string): Block {
  const title = filename === undefined ? {} : { title: filename }
  if (mediaType.startsWith('image/')) return { type: 'image', source: { type: 'base64', media_type: mediaType === 'image/jpg' ? 'image/jpeg' : mediaType, data: base64 } }
  if (mediaType === PDF) return { type: 'document', source: { type: 'base64', media_type: PDF, data: base64 }, ...title }
  if (mediaType.startsWith('text/') || mediaType === 'application/json' || mediaType === 'application/xml') {
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: Buffer.from(base64, 'base64').toString('utf8') }, ...title }
  }
  throw new GatewayError('invalid_request', `Claude takes no files of type ${JSON.stringify(mediaType)}. Send a PDF, a text or an image.`, { param: where })
}
