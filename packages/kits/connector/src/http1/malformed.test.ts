import { describe, expect, it } from 'vitest'
import { hear } from './__fixtures__/hearing.ts'

const LIMIT = 1_000
const start = 'HTTP/1.1 200 OK\r\n'
const chunked = `${start}transfer-encoding: chunked\r\n\r\n`

const heads: [string, string][] = [
  ['line ends without CR', 'HTTP/1.1 200 OK\nx-a: b\n\n\r\n\r\n'],
  ['one line end without CR', 'HTTP/1.1 200 OK\nx-a: b\r\n\r\n'],
  ['a header line that ends without CR', `${start}x-a: b\nx-b: c\r\n\r\n`],
  ['CR in a value', `${start}x-a: b\rx-b: c\r\n\r\n`],
  ['CR CR LF', `${start}x-a: b\r\r\n\r\n`],
  ['CR in the reason', 'HTTP/1.1 200 O\rK\r\n\r\n'],
  ['NUL in the reason', 'HTTP/1.1 200 O\0K\r\n\r\n'],
  ['NUL in a value', `${start}x-a: b\0c\r\n\r\n`],
  ['NUL in a name', `${start}x-a\0: b\r\n\r\n`],
  ['DEL in a value', `${start}x-a: \u007f\r\n\r\n`],
  ['a folded line', `${start}x-a: b\r\n c\r\n\r\n`],
  ['a folded line with a colon', `${start}x-a: b\r\n\tc: d\r\n\r\n`],
  ['a first line that is folded', `${start} x-a: b\r\n\r\n`],
  ['a space before the colon', `${start}x-a : b\r\n\r\n`],
  ['a tab before the colon', `${start}content-length\t: 3\r\n\r\nabc`],
  ['no name', `${start}: b\r\n\r\n`],
  ['no colon', `${start}x-a\r\nx-b: c\r\n\r\n`],
  ['a name in Latin-1', `${start}x-\u00e4: b\r\n\r\n`],
  ['__proto__', `${start}__proto__: x\r\n\r\n`],
  ['__PROTO__', `${start}__PROTO__: x\r\n\r\n`],
  ['constructor', `${start}constructor: x\r\n\r\n`],
  ['two lengths', `${start}content-length: 3\r\ncontent-length: 5\r\n\r\nabcde`],
  ['the same length twice', `${start}content-length: 3\r\nContent-Length: 3\r\n\r\nabc`],
  ...['', ' ', '+3', '-3', '0x3', '3 3', '3,3', '3, 3', '3.0', '3e0', '\u00b3', '3;', 'abc', '9'.repeat(16), '9'.repeat(400)].map((length): [string, string] => [`the length ${JSON.stringify(length.slice(0, 20))}`, `${start}content-length: ${length}\r\n\r\nabc`]),
  ['length and chunks', `${start}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks and length', `${start}transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n`],
  ...['', 'identity', 'gzip', 'gzip, chunked', 'chunked, gzip', 'chunked, chunked', 'chunked,', ',chunked', 'xchunked', 'chunked;a=b', '"chunked"', 'chunked\u000b', 'chun ked', 'chunked\r\nTransfer-Encoding: chunked', 'gzip\r\ntransfer-encoding: chunked']
    .map((coding): [string, string] => [`the coding ${JSON.stringify(coding)}`, `${start}transfer-encoding: ${coding}\r\n\r\n0\r\n\r\n`]),
  ...['HTTP/1.10 200 OK', 'HTTP/1.2 200 OK', 'HTTP/2.0 200 OK', 'HTTP/2 200 OK', 'HTTP/0.9 200 OK', 'HTTP/1.1200 OK', 'HTTP/1.1  200 OK', 'HTTP/1.1\t200 OK', 'http/1.1 200 OK', 'HTTP/01.1 200 OK', 'HTTP/1. 1 200', ' HTTP/1.1 200 OK', 'HTTPS/1.1 200', 'ICY 200 OK',
    'HTTP/1.1 099 OK', 'HTTP/1.1 000 OK', 'HTTP/1.1 1000 OK', 'HTTP/1.1 2000', 'HTTP/1.1 20 OK', 'HTTP/1.1 20', 'HTTP/1.1 ', 'HTTP/1.1', 'HTTP/1.1 2x0 OK', 'HTTP/1.1 -20 OK', 'HTTP/1.1 +20 OK', 'HTTP/1.1 200\tOK', 'HTTP/1.1 200OK', 'HTTP/1.1 \u0662\u0660\u0660', 'HTTP/1.1 101 Switching', ''].map((line): [string, string] => [`the status line ${JSON.stringify(line)}`, `${line}\r\n\r\n`]),
  ['a head over the limit', `${start}x-long: ${'x'.repeat(LIMIT)}\r\n\r\n`],
  ['a head over the limit without end', `${start}x-long: ${'x'.repeat(LIMIT)}`],
  ['many lines over the limit', `${start}${'x-a: b\r\n'.repeat(LIMIT / 5)}\r\n`],
  ['an interim head over the limit', `HTTP/1.1 103 Early\r\nx-long: ${'x'.repeat(LIMIT)}\r\n\r\n${start}\r\n`],
]

const bodies: [string, string][] = [
  ...['+3', '-3', ' 3', '0x3', '3x', 'g', '', ';a', '\n3', '3\n', '3\r', '\t3', '3\0', '3,', '1'.padStart(13, '0'), 'f'.repeat(13), 'f'.repeat(400)].map((size): [string, string] => [`the size ${JSON.stringify(size.slice(0, 20))}`, `${size}\r\nabc\r\n0\r\n\r\n`]),
  ['a size line that ends without CR', '3\nabc\r\n0\r\n\r\n'],
  ['digits behind a blank', '3 3\r\nabc\r\n0\r\n\r\n'],
  ['text behind a blank', '3 a\r\nabc\r\n0\r\n\r\n'],
  ['an extension that ends without CR', '3;a\nabc\r\n0\r\n\r\n'],
  ['CR in an extension', '3;a\rb\r\nabc\r\n0\r\n\r\n'],
  ['no line end after the data', '3\r\nabc0\r\n\r\n'],
  ['LF after the data', '3\r\nabc\n0\r\n\r\n'],
  ['CR and no LF after the data', '3\r\nabc\r0\r\n\r\n'],
  ['more data than told', '3\r\nabcd\r\n0\r\n\r\n'],
  ['LF after the last size', '0\n\r\n'],
  ['LF as the last line', '0\r\n\n'],
  ['CR and no LF at the end', '0\r\n\rx'],
  ['a trailer that ends without CR', '0\r\nx-a: b\n\r\n'],
  ['CR in a trailer', '0\r\nx-a: b\rc\r\n\r\n'],
  ['an extension without end', `3;${'x'.repeat(LIMIT + 1)}`],
  ['a blank extension without end', `3 ${' '.repeat(LIMIT + 1)}`],
  ['trailers without end', `0\r\n${'x: y\r\n'.repeat(LIMIT / 4)}`],
  ['a trailer without end', `0\r\n${'x'.repeat(LIMIT + 1)}`],
]

const byBytes = (text: string): Buffer[] => Array.from(Buffer.from(text, 'latin1'), (byte) => Buffer.of(byte))

describe('refused, in one piece and byte by byte, without an end:', () => {
  it.each(heads)('%s', (_, text) => {
    for (const pieces of [[Buffer.from(text, 'latin1')], byBytes(text)]) {
      const { heads, body, ends, refused } = hear(pieces, false, LIMIT)
      expect([refused, heads, body, ends]).toEqual([expect.any(String), [], '', 0])
    }
  })

  it.each(bodies)('chunks with %s', (_, text) => {
    for (const pieces of [[Buffer.from(chunked + text, 'latin1')], byBytes(chunked + text)]) {
      const { heads, ends, refused } = hear(pieces, false, LIMIT)
      expect([refused, heads.length, ends]).toEqual([expect.any(String), 1, 0])
    }
  })

  it('says nothing of what came', () => {
    for (const [, text] of heads) {
      const secret = hear([Buffer.from(text.replaceAll('x-a', 'sk-secret').replaceAll('OK', 'sk-secret'), 'latin1')], false, LIMIT)
      expect(secret.refused ?? '').not.toContain('sk-secret')
    }
  })
})

describe('a head of just the limit', () => {
  it('is read, in one piece and byte by byte', () => {
    const text = `${start}x-long: ${'x'.repeat(LIMIT - start.length - 'x-long: '.length)}\r\n\r\nabc`
    for (const pieces of [[Buffer.from(text)], byBytes(text)]) expect(hear(pieces, false, LIMIT)).toMatchObject({ refused: undefined, body: 'abc', ends: 1 })
  })

  it('is refused when it is one byte longer, and before its end has come', () => {
    const text = start + 'x'.repeat(LIMIT + 4 - start.length)
    const tooLarge = 'a head that is larger than allowed'
    for (const pieces of [[Buffer.from(text)], byBytes(text), byBytes(`${text.slice(0, LIMIT + 1)}\r\n\r\n`)]) expect(hear(pieces, false, LIMIT).refused).toBe(tooLarge)
  })
})

describe('an odd answer that only one reading has', () => {
  it.each([
    ['no reason', 'HTTP/1.1 200\r\ncontent-length: 3\r\n\r\nabc'], ['an empty reason', 'HTTP/1.1 200 \r\ncontent-length: 3\r\n\r\nabc'], ['a reason in Latin-1', 'HTTP/1.1 200 \u00e4\r\ncontent-length: 3\r\n\r\nabc'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\nabc'], ['zeros before the length', `${start}content-length: 003\r\n\r\nabc`], ['blanks around the coding', `${start}transfer-encoding: \tChunked \t\r\n\r\n003;x="y"\r\nabc\r\n0\r\nx: y\r\n\r\n`],
    ['a size with blanks after it', `${chunked}3  \r\nabc\r\n0 \r\n\r\n`],
  ])('is read: %s', (_, text) => {
    for (const pieces of [[Buffer.from(text, 'latin1')], byBytes(text)]) expect(hear(pieces, false)).toMatchObject({ body: 'abc', ends: 1, refused: undefined, excess: 0 })
  })
})
