import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteText } from './json-text.ts'
import { readAt, valuesAt } from './json-values.ts'

describe('values in JSON that is not parsed', () => {
  it('are those that a parser finds, at their depth and however the text is spaced', () => {
    const keys = fc.constantFrom('id', 'model', 'a"b', 'status', 'usage', 'é')
    const value = fc.jsonValue({ maxDepth: 3 })
    const object = fc.dictionary(fc.oneof(keys, fc.string()), fc.oneof(value, fc.dictionary(keys, value)))
    fc.assert(fc.property(object, fc.constantFrom(undefined, 2, '\t'), (made, spaces) => {
      const text = byteText(JSON.stringify({ x: [made], inner: made }, null, spaces))
      const wanted = new Set(['id', 'model', 'status', 'usage'])
      const [inner] = [...valuesAt(text, new Set(['inner']), 1).values()]
      const found = valuesAt(text, wanted, 1, inner!.start, inner!.end)
      for (const key of wanted) {
        const has = Object.hasOwn(made, key)
        expect(found.has(key)).toBe(has)
        expect(readAt(text, found.get(key))).toEqual(has ? JSON.parse(JSON.stringify(made[key])) : undefined)
      }
    }), { numRuns: 500 })
  })
})
