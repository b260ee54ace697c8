import { describe, expect, it } from 'vitest'
import { JsonBytes, piece } from './json-bytes.ts'

const written = (write: (json: JsonBytes) => void): string => {
  const json = new JsonBytes()
  write(json)
  return Buffer.concat(json.end()).toString()
}

describe('JSON as bytes', () => {
  it('whole numbers are written as JSON has them', () => {
    for (const value of [0, 1, 9, 10, 99, 100, 4999, 2 ** 31 - 1, 2 ** 31, 10 ** 15 - 1, 10 ** 15, Number.MAX_SAFE_INTEGER, -1, -1000]) expect(written((json) => json.whole(value))).toBe(String(value))
  })

  it('USD are the number that dividing makes, whatever it is', () => {
    const amounts = [0, 1, 9, 10, 500, 999_999_999, 1_000_000_000, 1_000_000_001, 1_500_000_000, 123_456_789_012_345, Number.MAX_SAFE_INTEGER, -2_500_000_000]
    for (let i = 0; i < 5000; i += 1) amounts.push(Math.floor(Math.random() * 10 ** (i % 16)))
    for (const nano of amounts) expect(JSON.parse(written((json) => json.usd(nano)))).toBe(nano / 1e9)
    expect([0, 20_000, 4_999_000, 1_500_000_000, 12_000_000_000].map((nano) => written((json) => json.usd(nano)))).toEqual(['0', '0.00002', '0.004999', '1.5', '12'])
  })

  it('text of any length and alphabet, over the edge of what was made room for', () => {
    const names = Array.from({ length: 30_000 }, (_, i) => `${'ä€"\\\n💶'.repeat(i % 40)}${i}`)
    const text = written((json) => {
      json.put(piece('['))
      names.forEach((name, i) => {
        if (i > 0) json.comma()
        json.value(name)
      })
      json.put(piece(']'))
    })
    expect(JSON.parse(text)).toEqual(names)
  })
})
