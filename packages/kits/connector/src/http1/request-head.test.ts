import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headEnd, requestHead } from './request-head.ts'

const refusal = (name: string, value: unknown): { code?: string; message: string } => {
  try {
    requestHead('GET', '/', 'up.test', [['x-fine', 'fine'], [name, value as string]])
  } catch (error) {
    return error as Error
  }
  return { message: 'sent' }
}

describe('the head of a request', () => {
  it('is what was asked for, with host, connection and length', () => {
    const head = requestHead('POST', '/a?b=c', 'up.test:8080', [['Content-Type', 'application/json'], ['x-a', ''], ['x-b', 'tab\tand \u00e4\u00ff']])
    expect(head + headEnd('POST', 12)).toBe('POST /a?b=c HTTP/1.1\r\nhost: up.test:8080\r\nconnection: keep-alive\r\nContent-Type: application/json\r\nx-a: \r\nx-b: tab\tand \u00e4\u00ff\r\ncontent-length: 12\r\n\r\n')
  })

  it.each(['POST', 'PUT', 'PATCH'])('of %s says its length, also 0', (method) => {
    expect([headEnd(method, 0), headEnd(method, 5)]).toEqual(['content-length: 0\r\n\r\n', 'content-length: 5\r\n\r\n'])
  })

  it.each(['GET', 'HEAD', 'DELETE'])('of %s says no length without a body', (method) => {
    expect([headEnd(method, 0), headEnd(method, 5)]).toEqual(['\r\n', 'content-length: 5\r\n\r\n'])
  })
})

describe('refused before a byte is sent:', () => {
  it.each(['', ' ', 'x a', 'x-a ', ' x-a', 'x:', ':x', 'x\r\ny', 'x\n', 'x\0', 'x\u00e4', '\u0130', 'x(', 'x,y', '"x"'])('the name %j', (name) => {
    expect(refusal(name, 'sk-secret')).toMatchObject({ code: 'invalid_request', message: expect.stringMatching(/^[ -~]+Nothing was sent\.$/) })
    expect(refusal(name, 'sk-secret').message).not.toContain('sk-secret')
  })

  it.each(['content-length', 'Content-Length', 'transfer-encoding', 'TRANSFER-ENCODING', 'connection', 'keep-alive', 'upgrade', 'expect', 'te', 'trailer'])('the connection\'s own header %s', (name) => {
    expect(refusal(name, 'sk-secret')).toMatchObject({ code: 'invalid_request', message: `The request to up.test cannot be sent: the header ${name.toLowerCase()} is the connection's own. Nothing was sent.` })
  })

  it.each(['\r', '\n', '\r\n', '\r\nx-b: c', '\r\n\r\nGET / HTTP/1.1', '\0', '\u007f', '\u001b[31m', '\u0100', '\u010a', '\u560a', '\u2028', '\ud83d\ude00'])('a value with %j, which is not repeated', (text) => {
    for (const value of [text, `sk-secret${text}`, `${text}sk-secret`, `sk-secret${text}sk-secret`]) {
      expect(refusal('X-Key', value)).toMatchObject({ code: 'invalid_request', message: 'The request to up.test cannot be sent: invalid x-key header. Nothing was sent.' })
    }
  })

  it.each(['', 'GET ', 'GET / HTTP/1.1\r\nx: y\r\n\r\nGET', 'GET\n', 'G\0T'])('the method %j', (method) => {
    expect(() => requestHead(method, '/', 'up.test', [])).toThrow('The request to up.test cannot be sent: its method is not one. Nothing was sent.')
  })

  it.each([[undefined], [null], [1], [{}], [['sk-secret']]])('the value %j, which is no text', (value) => {
    expect(refusal('x-key', value)).toMatchObject({ code: 'invalid_request', message: 'The request to up.test cannot be sent: invalid x-key header. Nothing was sent.' })
  })
})

describe('whatever the headers are', () => {
  it('the head has just their lines, or none is made', () => {
    const odd = string({ unit: constantFrom('a', 'B', '-', ':', ' ', '\t', '\r', '\n', '\0', '\u00e4', '\u0100', '\u010d', '\u010a', '\u2028'), maxLength: 6 })
    const run = (): void => assert(property(odd, odd, (name, value) => {
      let head
      try {
        head = Buffer.from(requestHead('GET', '/', 'up.test', [[name, value]]) + headEnd('GET', 0), 'latin1').toString('latin1')
      } catch {
        return
      }
      expect(head.split(/\r\n|\r|\n/)).toEqual(['GET / HTTP/1.1', 'host: up.test', 'connection: keep-alive', `${name}: ${value}`, '', ''])
    }), { numRuns: 3_000 })
    expect(run).not.toThrow()
  })
})
