import { describe, expect, it } from 'vitest'
import { asArray, asNumber, asRecord, asString, isRecord, parseJson } from './json.ts'

describe('lenient readers', () => {
  const values = [undefined, null, true, 0, 1.5, Number.NaN, Infinity, '', 'text', [], ['a'], {}, { a: 1 }]

  it('pass what fits', () => {
    expect(values.filter((value) => isRecord(value))).toEqual([{}, { a: 1 }])
    expect(values.map(asString).filter((value) => value !== undefined)).toEqual(['text'])
    expect(values.map(asNumber).filter((value) => value !== undefined)).toEqual([0, 1.5])
    expect(values.flatMap(asArray)).toEqual(['a'])
  })

  it('read deep into anything without throwing', () => {
    for (const value of values) expect(asRecord(asRecord(value).b).c).toBeUndefined()
  })

  it('parse JSON or say undefined', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] })
    expect(parseJson('<html>')).toBeUndefined()
    expect(parseJson('')).toBeUndefined()
  })
})
