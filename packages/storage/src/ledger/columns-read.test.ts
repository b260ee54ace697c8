import { describe, expect, it } from 'vitest'
import { addNumbers, TextColumn } from './columns-read.ts'

const bytes = (text: string): Buffer => Buffer.from(text)
const read = (column: TextColumn, texts: readonly string[]): readonly string[] => [...column.read(bytes(JSON.stringify(texts)), texts.length)].map((number) => column.texts[number]!)

describe('columns', () => {
  it('of texts: any text, also those that JSON escapes, each with one number for good', () => {
    const column = new TextColumn()
    const odd = ['', 'a', '"', '\\', '\\"', '","', 'ä', '💶', '\n\u0001', 'a', '', '[1, 2]', '__proto__']
    expect(read(column, odd)).toEqual(odd)
    expect(column.texts).toHaveLength(new Set(odd).size)
    expect([...column.read(bytes('["a", "new" , "a"]'), 3)]).toEqual([1, new Set(odd).size, 1])
  })

  it('of texts that are said once, however often they come', () => {
    const column = new TextColumn()
    read(column, ['b', ']"['])
    expect([...column.read(bytes('["a", "b", "]\\"["]0,1,0,2,2'), 5)].map((number) => column.texts[number])).toEqual(['a', 'b', 'a', ']"[', ']"['])
    expect(() => column.read(bytes('["a", "b"]0,2'), 2)).toThrow('not the one at 2')
    expect(() => column.read(bytes('["a", "b"]0,1'), 3)).toThrow('2 numbers, not 3')
  })

  it('of more texts than there was room for', () => {
    const column = new TextColumn()
    const texts = Array.from({ length: 20_000 }, (_, i) => `customer-${(i * 37) % 7001}`)
    expect(read(column, texts)).toEqual(texts)
    expect(column.texts).toHaveLength(7001)
  })

  it('of numbers, also below zero and as large as there are, added up', () => {
    const sum = addNumbers(new Float64Array(5), bytes('0,12,-7,9007199254740991,5'))
    expect([...sum]).toEqual([0, 12, -7, Number.MAX_SAFE_INTEGER, 5])
    expect([...addNumbers(sum, bytes('1,-12,7,0,5'))]).toEqual([1, 0, 0, Number.MAX_SAFE_INTEGER, 10])
  })

  it('that do not have as many rows as they should are refused', () => {
    expect(() => new TextColumn().read(bytes('["a"]'), 2)).toThrow('1 texts, not 2')
    expect(() => new TextColumn().read(bytes('["a", "b"]'), 1)).toThrow('2 texts, not 1')
    expect(() => new TextColumn().read(bytes('["a'), 1)).toThrow('within a text')
    expect(() => addNumbers(new Float64Array(3), bytes('1,2'))).toThrow('2 numbers, not 3')
  })
})
