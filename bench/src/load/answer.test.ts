import { describe, expect, it } from 'vitest'
import { AnswerReader } from './answer.ts'

const counted = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx: y\r\n\r\nhello'
const chunked = 'HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n6\r\ndata 0\r\n4\r\n0\n\n0\r\n0\r\n\r\n'
const empty = 'HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'

/** How many answers the reader sees in the text when it comes in pieces of `size`. */
function count(text: string, size: number): number {
  const reader = new AnswerReader()
  const bytes = Buffer.from(text)
  let answers = 0
  for (let at = 0; at < bytes.length; at += size) if (reader.push(bytes.subarray(at, at + size))) answers += 1
  return answers
}

describe('AnswerReader', () => {
  it.each([1, 2, 3, 7, 8, 1000])('finds the end of each form of answer in pieces of %s bytes', (size) => {
    for (const text of [counted, chunked, empty]) expect(count(text, size)).toBe(1)
  })

  it.each([counted, chunked, empty])('is not done one byte before the end', (text) => {
    expect(count(text.slice(0, -1), 1)).toBe(0)
  })

  it('reads answer after answer on one connection', () => {
    const reader = new AnswerReader()
    const seen = [counted, chunked, empty, counted].map((text) => [reader.push(Buffer.from(text)), reader.status])
    expect(seen).toEqual([[true, 200], [true, 201], [true, 502], [true, 200]])
  })
})
