import { describe, expect, it } from 'vitest'
import { allHold, atMost, exactly, renderTable, type Row, verdict } from './report.ts'

const row = (compared: number | undefined, limit = atMost(1.3, ' x bare')): Row => ({ scenario: 'requests', figure: 'CPU', values: { bare: 54.3, ours: 64 }, limit, ...(compared !== undefined && { compared }) })

describe('verdict', () => {
  it('passes up to and at the limit', () => {
    expect(verdict(row(1.3))).toBe('PASS')
    expect(verdict(row(1.31))).toBe('FAIL')
    expect(verdict(row(50, exactly(50)))).toBe('PASS')
    expect(verdict(row(49, exactly(50)))).toBe('FAIL')
  })

  it('does not pass what is not a number', () => {
    expect(verdict(row(Number.NaN))).toBe('FAIL')
  })

  it('says nothing without a limit or a measurement', () => {
    expect(verdict(row(undefined))).toBe('')
    expect(verdict({ scenario: 'requests', figure: 'rate', values: {}, compared: 1 })).toBe('')
  })
})

describe('allHold', () => {
  it('wants every limit measured and kept', () => {
    expect(allHold([row(1), { scenario: 'x', figure: 'y', values: {} }])).toBe(true)
    expect(allHold([row(1), row(2)])).toBe(false)
    expect(allHold([row(1), row(undefined)])).toBe(false)
  })
})

describe('renderTable', () => {
  it('aligns the columns and shows what was measured', () => {
    const [head, first, second] = renderTable([row(1.17857), row(undefined)]).split('\n') as [string, string, string]
    expect(first).toMatch(/54\.3 +64 +1\.18 +<= 1\.3 x bare +PASS$/)
    expect(second).toMatch(/<= 1\.3 x bare$/)
    expect(first.indexOf('<=')).toBe(head.indexOf('limit'))
  })
})
