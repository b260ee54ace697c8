import { GatewayError } from '@tianjillm/core'
import { parseDataUrl } from '@tianjillm/provider-kit'

/** A member of Converse's `ContentBlock` union. */
export type Block = Readonly<Record<string, unknown>>

/** A picture, document, video or sound of a message. */
export interface Media {
  /** A `data:` URL, an `s3://` URL, or bare base64 (then `format` must say what it is). */
  readonly data: string
  /** A media type (`application/pdf`) or a bare format (`pdf`), where the caller gives one. */
  readonly format?: string | undefined
  readonly filename?: string | undefined
}

type Kind = 'image' | 'document' | 'video' | 'audio'

/** Formats of Converse's blocks. Source: API_runtime_ImageBlock, DocumentBlock, VideoBlock and AudioBlock of the Bedrock API reference. */
const formats: readonly (readonly [Kind, readonly string[]])[] = [
  ['image', ['png', 'jpeg', 'gif', 'webp']],
  ['document', ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']],
  ['video', ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp']],
  ['audio', ['mp3', 'opus', 'wav', 'aac', 'flac', 'ogg', 'mka', 'x-aac', 'm4a', 'mpga', 'pcm']],
]

/** Other spellings: the second half of media types, and file endings. */
const spellings: Readonly<Record<string, string>> = {
  jpg: 'jpeg', plain: 'txt', markdown: 'md', 'x-markdown': 'md', msword: 'doc', 'vnd.ms-excel': 'xls', htm: 'html',
  'vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx', 'vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  quicktime: 'mov', 'x-matroska': 'mkv', 'x-flv': 'flv', 'x-ms-wmv': 'wmv', '3gpp': 'three_gp', '3gp': 'three_gp', 'x-wav': 'wav', wave: 'wav',
}

/**
 * Media as a Converse block. Converse takes bytes or S3 objects, and does not fetch addresses.
 *
 * @throws `invalid_request` naming `param`
 */
export function mediaBlock({ data, format, filename }: Media, param: string, index: number): Block {
  if (/^https?:/i.test(data)) throw refuse(param, 'is an address: Bedrock does not fetch it. Send the content as a base64 data: URL, or as s3:// address.')
  const s3 = data.startsWith('s3://')
  const inline = s3 ? undefined : parseDataUrl(data)
  if (!s3 && inline === undefined && (data.startsWith('data:') || (format === undefined && filename === undefined))) {
    throw refuse(param, 'is neither a base64 data: URL nor an s3:// address.')
  }
  const type = inline?.mediaType ?? format ?? filename ?? data
  const found = kindOf(type)
  if (found === undefined) throw refuse(param, `has a type that Bedrock does not take (${type.includes('/') && !s3 ? type.slice(0, 80) : type.split('.').at(-1)!.slice(0, 80)}). Send ${formats.map(([, names]) => names.slice(0, 3).join(', ')).join(', ')} or the like, with its media type.`)
  const source = s3 ? { s3Location: { uri: data } } : { bytes: inline?.base64 ?? data }
  return { [found.kind]: { format: found.format, ...(found.kind === 'document' && { name: documentName(filename, index) }), source } }
}

function kindOf(type: string): { kind: Kind; format: string } | undefined {
  const lower = type.toLowerCase()
  // A media type that two kinds share (audio/mp4, video/mp4) says which in its first half.
  const [group, half = ''] = /^[a-z]+\/[\w.+-]+$/.test(lower) ? lower.split('/') : ['', lower.split('.').at(-1)]
  const format = spellings[half] ?? half
  if (group === 'audio') return { kind: 'audio', format: format === 'mpeg' ? 'mp3' : format }
  const kind = formats.find(([, names]) => names.includes(format))?.[0]
  return kind === undefined ? undefined : { kind, format }
}

/** Bedrock takes letters, digits, single spaces, hyphens and brackets, and refuses the same name twice. */
function documentName(filename: string | undefined, index: number): string {
  const clean = (filename ?? '').replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9 ()[\]-]+/g, '-').replaceAll(/ +/g, ' ').trim().slice(0, 150)
  return clean === '' ? `document-${index + 1}` : `${clean}-${index + 1}`
}

function refuse(param: string, problem: string): GatewayError {
  return new GatewayError('invalid_request', `bedrock: ${param} ${problem}`, { param })
}
