import { describe, expect, it } from 'vitest'
import { cell } from './cell.ts'
import { column, listColumn, usdColumn } from './column.ts'
import { screenOf } from './screen.ts'
import { record, table } from './table.ts'
import { fit, widthOf } from './width.ts'

const wide = { width: Number.POSITIVE_INFINITY, colour: false }
const columns = [column('name'), usdColumn('spend'), listColumn('models')]
const rows = [{ name: 'search', spend: 1234.5, models: ['gpt-4o', 'claude'] }, { name: '检索', spend: null, models: [] }]

describe('table', () => {
  it('aligns columns, money to the right, and counts what a terminal shows', () => {
    expect(table(rows, columns, wide)).toBe(['NAME        SPEND  MODELS', 'search  $1,234.50  gpt-4o, claude', '检索            -  -'].join('\n'))
  })

  it('takes from the widest column where the terminal is narrow', () => {
    const lines = table([{ name: 'a', spend: 1, models: ['a-very-long-model-name', 'another'] }], columns, { width: 30, colour: false }).split('\n')
    expect(lines.every((line) => widthOf(line) <= 30)).toBe(true)
    expect(lines[1]).toContain('a-very-long')
    expect(lines[1]).toMatch(/…$/)
  })

  it('shows one field a line where not even that fits', () => {
    expect(table(rows, columns, { width: 12, colour: false })).toBe(['name    search', 'spend   $1,234.50', 'models  gpt-4o, claude', '', 'name  检索'].join('\n'))
  })

  it('colours on a terminal only, and never where NO_COLOR is set', () => {
    expect(screenOf({ isTTY: true, columns: 60 }, {})).toEqual({ width: 60, colour: true })
    expect(screenOf({ isTTY: true, columns: 60 }, { NO_COLOR: '1' }).colour).toBe(false)
    expect(screenOf({}, {})).toEqual({ width: Number.POSITIVE_INFINITY, colour: false })
    expect(table(rows, columns, { ...wide, colour: true })).toContain('\u001B[1mNAME')
  })
})

describe('record', () => {
  it('leaves out what has no value', () => {
    expect(record({ name: 'a', spend: null, models: [] }, columns, wide)).toBe('name  a')
  })
})

describe('cell', () => {
  it.each([
    [0.000_012, 'usd', '$0.000012'], [12, 'usd', '$12.00'], [1_000_000, 'whole', '1,000,000'], ['2026-11-23T07:56:05.123Z', 'moment', '2026-11-23 07:56Z'],
    [true, 'yes', 'yes'], [{ a: 1 }, 'text', '{"a":1}'], [{}, 'text', '-'], [null, 'list', '-'],
  ] as const)('%j as %s is %s', (value, form, text) => expect(cell(value, form)).toBe(text))

  it('lets no name paint the terminal or turn its text around', () => {
    expect(cell('a\u001B[31mred\nb\u202Ec', 'text')).toBe('a [31mred b c')
  })
})

describe('fit', () => {
  it('never cuts a sign in two', () => {
    expect(fit('检索检索', 6)).toBe('检索… ')
    expect(fit('é'.normalize('NFD').repeat(3), 2)).toBe(`${'é'.normalize('NFD')}…`)
  })
})
