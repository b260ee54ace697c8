import { describe, expect, it } from 'vitest'
import { joinUrl, parseDataUrl } from './url.ts'

describe('parseDataUrl', () => {
  it.each([
    ['data:image/png;base64,iVBORw0KGgo=', { mediaType: 'image/png', base64: 'iVBORw0KGgo=' }],
    ['DATA:Image/PNG;BASE64,AA==', { mediaType: 'image/png', base64: 'AA==' }],
    ['data:application/pdf;name=a.pdf;base64,JVBE', { mediaType: 'application/pdf', base64: 'JVBE' }],
    ['data:;base64,AA==', { mediaType: 'text/plain', base64: 'AA==' }],
    ['data:image/png;base64,a%2Bb%2Fc%3D', { mediaType: 'image/png', base64: 'a+b/c=' }],
    ['data:text/plain;charset=utf-8,h%C3%A9', { mediaType: 'text/plain', base64: 'aMOp' }],
    ['data:,', { mediaType: 'text/plain', base64: '' }],
  ])('reads %s', (url, expected) => {
    expect(parseDataUrl(url)).toEqual(expected)
  })

  it.each(['https://example.com/a.png', 'data:image/png;base64', 'data:text/plain,%E9', '', 'file:///etc/passwd'])('is undefined for %j', (url) => {
    expect(parseDataUrl(url)).toBeUndefined()
  })

  it('is quick with megabytes', () => {
    const base64 = 'A'.repeat(8_000_000)
    expect(parseDataUrl(`data:image/png;base64,${base64}`)?.base64.length).toBe(8_000_000)
  })
})

describe('joinUrl', () => {
  it.each([
    ['https://a.example/v1', 'chat/completions', 'https://a.example/v1/chat/completions'],
    ['https://a.example/v1/', '/chat/completions', 'https://a.example/v1/chat/completions'],
    ['https://a.example//', '//x', 'https://a.example/x'],
    ['https://a.example/v1/', '', 'https://a.example/v1'],
    ['https://a.example?api-version=2024-10-21', '/chat', 'https://a.example/chat?api-version=2024-10-21'],
    ['https://a.example/?k=1', 'chat?alt=sse', 'https://a.example/chat?k=1&alt=sse'],
    ['https://a.example', 'models/a%3Ab:generate?', 'https://a.example/models/a%3Ab:generate'],
  ])('%s + %s', (base, path, expected) => {
    expect(joinUrl(base, path)).toBe(expected)
  })

  it('is linear in slashes', () => {
    expect(joinUrl(`https://a.example${'/'.repeat(500_000)}`, `${'/'.repeat(500_000)}x`)).toBe('https://a.example/x')
  })
})
