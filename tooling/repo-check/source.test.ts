import { describe, expect, it } from 'vitest'
import { parseSource } from './source.ts'

describe('parseSource', () => {
  it('tells the forms of import apart, with their lines', () => {
    const { imports } = parseSource('a.ts', [
      "import a, { type B } from 'one'",
      "import type { C } from 'two'",
      "export type * from 'three'",
      "export { d } from 'four'",
      "const e = await import('five')",
      "import type from 'six'",
    ].join('\n'))
    expect(imports.map(({ specifier, typeOnly, dynamic, line }) => [specifier, typeOnly, dynamic, line])).toEqual([
      ['one', false, false, 1], ['two', true, false, 2], ['six', false, false, 6],
      ['three', true, false, 3], ['four', false, false, 4],
      ['five', false, true, 5],
    ])
  })

  it('lists texts, but not module names or comments', () => {
    const { strings } = parseSource('a.ts', "// 'comment'\nimport 'one'\nexport const a = ['two', `three`]\nexport type T = 'four'\n")
    expect(strings.map(({ value, line }) => `${value}:${line}`)).toEqual(['two:3', 'three:3', 'four:4'])
  })

  it('says which file does not parse', () => {
    expect(() => parseSource('broken.ts', 'export const = 1')).toThrow(/broken\.ts does not parse/)
  })
})
