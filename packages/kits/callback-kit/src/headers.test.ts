import { expect, it } from 'vitest'
import { toHeaders } from './headers.ts'

it('reads an object and gives names in lower case', () => {
  expect(toHeaders({ 'X-Api-Key': 'K', Authorization: 'Bearer a=b' })).toEqual({ 'x-api-key': 'K', authorization: 'Bearer a=b' })
})

it('reads text, cutting at the first equals sign and at commas', () => {
  expect(toHeaders(' A=1 , b = x=y,, c=')).toEqual({ a: '1', b: 'x=y', c: '' })
  expect(toHeaders('')).toEqual({})
})

it('decodes percent-encoding only when told to, and leaves a lone % alone', () => {
  expect(toHeaders('authorization=Basic%20YTpi', { percent: true })).toEqual({ authorization: 'Basic YTpi' })
  expect(toHeaders('authorization=Basic%20YTpi')).toEqual({ authorization: 'Basic%20YTpi' })
  expect(toHeaders('x=100%', { percent: true })).toEqual({ x: '100%' })
})

it.each(['novalue', '=x', 'a b=1'])('refuses %j', (text) => {
  expect(() => toHeaders(text)).toThrow(TypeError)
})

it('refuses a value with a line break (header injection) without repeating it', () => {
  expect(() => toHeaders({ 'x-a': 'secret\r\nx-b: 1' })).toThrow('The value of header "x-a" holds a line break.')
  expect(() => toHeaders('x-a=1%0d%0ax-b: 1', { percent: true })).toThrow(TypeError)
})
