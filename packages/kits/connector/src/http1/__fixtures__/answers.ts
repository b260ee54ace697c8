import { array, boolean, constant, constantFrom, integer, oneof, record, string, tuple, uint8Array, type Arbitrary } from 'fast-check'

/** A valid answer, as bytes, to a request with this method. */
export interface Sample {
  readonly method: 'GET' | 'HEAD'
  readonly bytes: Buffer
}

const characters = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index))

const tokenCharacter = constantFrom(...'!#$%&\'*+-.^_`|~', ...characters(0x30, 0x39), ...characters(0x41, 0x5a), ...characters(0x61, 0x7a))
const visible = [...characters(0x21, 0x7e), ...characters(0x80, 0xff)]
const textCharacter = oneof({ weight: 8, arbitrary: constantFrom(...visible) }, { weight: 1, arbitrary: constantFrom(' ', '\t') })
const blanks = string({ unit: constantFrom(' ', '\t'), maxLength: 3 })

/** What the connection is told, or what nobody means as a header. */
const special = new Set(['content-length', 'transfer-encoding', 'connection', 'proxy-connection', 'keep-alive', 'upgrade', 'trailer', 'constructor', '__proto__'])
const name = oneof(constantFrom('Set-Cookie', 'set-cookie', 'X-A', 'x-a', 'DATE'), string({ unit: tokenCharacter, minLength: 1, maxLength: 12 })).filter((text) => !special.has(text.toLowerCase()))
const field = tuple(name, blanks, string({ unit: textCharacter, maxLength: 20 }), blanks).map(([key, before, value, after]) => `${key}:${before}${value}${after}\r\n`)
const fields = array(field, { maxLength: 6 })
const reason = oneof(constant(''), string({ unit: textCharacter, maxLength: 12 }).map((text) => ` ${text}`))

const interim = tuple(constantFrom(100, 102, 103, 199), reason, fields).map(([status, phrase, lines]) => `HTTP/1.1 ${status}${phrase}\r\n${lines.join('')}\r\n`)

const extension = oneof(constant(''), constantFrom(';a', ';a=b', ';name="quoted text"', ';a=1;b=2'))
const sizeOf = (length: number, upper: boolean, zeros: number): string => '0'.repeat(zeros) + (upper ? length.toString(16).toUpperCase() : length.toString(16))
const chunk = tuple(uint8Array({ minLength: 1, maxLength: 40 }), boolean(), integer({ min: 0, max: 3 }), extension)
  .map(([data, upper, zeros, more]) => Buffer.concat([Buffer.from(`${sizeOf(data.length, upper, zeros)}${more}\r\n`), data, Buffer.from('\r\n')]))
const chunks = tuple(array(chunk, { maxLength: 6 }), integer({ min: 1, max: 3 }), extension, fields)
  .map(([pieces, zeros, more, trailers]) => Buffer.concat([...pieces, Buffer.from(`${'0'.repeat(zeros)}${more}\r\n${trailers.join('')}\r\n`, 'latin1')]))

const plain = uint8Array({ maxLength: 200 }).map((data) => Buffer.from(data))
const body: Arbitrary<{ header: string; bytes: Buffer }> = oneof(
  tuple(plain, constantFrom('Content-Length: ', 'content-length:', 'CONTENT-LENGTH:\t')).map(([bytes, start]) => ({ header: `${start}${bytes.length}\r\n`, bytes })),
  tuple(chunks, constantFrom('Transfer-Encoding: chunked', 'transfer-encoding: \tCHUNKED')).map(([bytes, line]) => ({ header: `${line}\r\n`, bytes })),
  plain.map((bytes) => ({ header: '', bytes })),
)

/** Any valid answer that other readers take too. */
export const sample: Arbitrary<Sample> = record({
  method: constantFrom('GET' as const, 'GET' as const, 'HEAD' as const),
  interims: array(interim, { maxLength: 2 }),
  status: constantFrom(200, 200, 201, 204, 304, 400, 407, 500, 599, 600, 999),
  reason,
  fields,
  at: integer({ min: 0, max: 6 }),
  body,
}).map(({ method, interims, status, reason: phrase, fields: lines, at, body: { header, bytes } }) => {
  const bodiless = status === 204 || status === 304
  const all = [...lines.slice(0, at), bodiless ? '' : header, ...lines.slice(at)]
  const head = `${interims.join('')}HTTP/1.1 ${status}${phrase}\r\n${all.join('')}\r\n`
  return { method, bytes: Buffer.concat([Buffer.from(head, 'latin1'), bodiless || method === 'HEAD' ? Buffer.alloc(0) : bytes]) }
})
