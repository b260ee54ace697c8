import { GatewayError, type HttpHeaders } from '@tianjillm/core'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'
import { codeOf } from './errors.ts'

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const unzip: Decoder = promisify(gunzip)
const decoders: Readonly<Record<string, Decoder>> = {
  gzip: unzip,
  'x-gzip': unzip,
  // Some servers mean raw DEFLATE: without the zlib header (RFC 1950), whose low four bits are 8.
  deflate: (body, options) => promisify(((body[0] ?? 0) & 15) === 8 ? inflate : inflateRaw)(body, options),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}
const MAX_LAYERS = 3

/**
 * Undoes `content-encoding` (RFC 9110, 8.4); no layer may grow beyond `maxBytes`. The headers
 * that described the encoded form are left out. Rejects with `upstream_malformed`.
 */
export async function decodeBody(headers: HttpHeaders, body: Buffer, maxBytes: number): Promise<{ headers: HttpHeaders; body: Buffer }> {
  const layers = String(headers['content-encoding']).toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity')
  if (layers.length > MAX_LAYERS) throw new GatewayError('upstream_malformed', `The upstream's answer is encoded ${layers.length} times over.`)
  let decoded = body
  for (const name of layers.toReversed()) {
    const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined
    if (decoder === undefined) throw new GatewayError('upstream_malformed', `The upstream's answer has the content-encoding "${name.replace(/[^\u0021-\u007e]/g, '?')}", which was not asked for and is not known here.`)
    try {
      decoded = await decoder(decoded, { maxOutputLength: maxBytes })
    } catch (error) {
      const why = codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? `is larger than ${maxBytes} bytes when unpacked` : `is not valid ${name}`
      throw new GatewayError('upstream_malformed', `The upstream's answer ${why}.`, { cause: error })
    }
  }
  const { 'content-encoding': _, 'content-length': __, ...rest } = headers
  return { headers: rest, body: decoded }
}
