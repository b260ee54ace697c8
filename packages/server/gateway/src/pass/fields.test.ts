import { describe, expect, it } from 'vitest'
import { FIELD, fieldOf, leavesOf, parseExactly } from './fields.ts'

const texts = (json: object, ...fields: readonly string[]): readonly string[] => leavesOf(json, fields.length === 0 ? undefined : fields.map(fieldOf)).map(({ text }) => text)

describe('fields of JSON', () => {
  const json = { query: 'q', documents: [{ text: 'a', id: 1 }, { text: 'b' }, 'c'], deep: { er: { most: ['x', { y: 'z' }] } }, nothing: null }

  it('LiteLLM\'s examples: a field, one of each item, and what lies below', () => {
    expect(texts(json, 'query')).toEqual(['q'])
    expect(texts(json, 'documents[*].text')).toEqual(['a', 'b'])
    expect(texts(json, '$.documents[1].text', 'documents[*]')).toEqual(['b', 'a', '1', 'c'])
    expect(texts(json, 'deep.er')).toEqual(['x', 'z'])
    expect(texts(json, 'no.such', 'nothing', 'query.length', 'query[0]', 'constructor', '__proto__.x')).toEqual([])
    expect(texts(json)).toEqual(['q', 'a', '1', 'b', 'c', 'x', 'z'])
  })

  it('what they hold can be replaced, in its place', () => {
    const changed = structuredClone(json)
    for (const leaf of leavesOf(changed, ['documents[*].text', 'deep'].map(fieldOf))) leaf.set(leaf.text.toUpperCase())
    expect(changed).toMatchObject({ query: 'q', documents: [{ text: 'A', id: 1 }, { text: 'B' }, 'c'], deep: { er: { most: ['X', { y: 'Z' }] } } })
  })

  it.each(['', '.a', 'a.', 'a[', 'a[x]', 'a[-1]', 'a..b', '*', 'a[*', 'a b', 'a[1234567]', '$.'])('%j is no field', (text) => {
    expect(FIELD.test(text)).toBe(false)
  })

  it('numbers are written again as they came', () => {
    const text = '{"big":12345678901234567890,"exact":0.1000,"e":1e400,"list":[1,-0,2.5]}'
    expect(JSON.stringify(parseExactly(text))).toBe(text)
    expect(texts(parseExactly(text) as object)).toEqual(['12345678901234567890', '0.1000', '1e400', '1', '-0', '2.5'])
  })
})
