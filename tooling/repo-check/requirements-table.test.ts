import { describe, expect, it } from 'vitest'
import { checkRequirements, parseRequirements, type Report } from './requirements-table.ts'

const file = 'apps/proxy/test/chat.integration.test.ts'
const table = (...cells: string[]) => ['| id | requirement | test |', '|---|---|---|', ...cells.map((cell, index) => `| FR-00${index + 1} | Does it | ${cell} |`)].join('\n')
const report = (...results: [title: string, status: string][]): Report => ({
  testResults: [{ name: `/repo/${file}`, assertionResults: results.map(([title, status]) => ({ ancestorTitles: ['chat'], title, status })) }],
})
const check = (markdown: string, source?: string, run?: Report) => checkRequirements(parseRequirements(markdown), '/repo', (name) => (name === file ? source : undefined), run)

describe('parseRequirements', () => {
  it('reads rows of every section and skips the rest', () => {
    const rows = parseRequirements(`# Title\n\n${table('open', `\`${file} > chat > answers\``)}\n\n| FR-034a | One \\| two | open |\n| B1-02 | x | open |\n`)
    expect(rows.map(({ id, text, where, test }) => [id, text, where, test?.titles])).toEqual([
      ['FR-001', 'Does it', 'docs/requirements.md:5', undefined],
      ['FR-002', 'Does it', 'docs/requirements.md:6', ['chat', 'answers']],
      ['FR-034a', 'One | two', 'docs/requirements.md:8', undefined],
      ['B1-02', 'x', 'docs/requirements.md:9', undefined],
    ])
  })

  it('refuses a cell that is no test, with its line', () => {
    expect(() => parseRequirements(table('done'))).toThrow(/requirements\.md:3: "done" is neither/)
    expect(() => parseRequirements(table(file))).toThrow(/neither/)
    expect(() => parseRequirements('| FR-001 | no test |')).toThrow(/a row is/)
  })
})

describe('checkRequirements', () => {
  it('accepts open rows', () => {
    expect(check(table('open', 'open'))).toEqual([])
  })

  describe('of complaints', () => {
    const complaints = { file: 'docs/complaints.md', complaints: true }
    const told = (cell: string, source = '') => checkRequirements(parseRequirements(`| C-01 | It leaks (LL#12, BF#3) | ${cell} |`, complaints), '/repo', () => source)

    it('takes a reason why it cannot occur, which requirements do not', () => {
      expect(parseRequirements('| C-01 | It leaks | cannot occur: There is none. |', complaints)).toMatchObject([{ reason: 'There is none.' }])
      expect(() => parseRequirements('| C-01 | It leaks | cannot occur: There is none. |')).toThrow(/neither/)
    })

    it('wants a test that names one of the threads', () => {
      expect(told(`${file} > leaks > BF#3: does not`, "describe('leaks', () => it('BF#3: does not'))")).toEqual([])
      expect(told(`${file} > leaks > LL#123: does not`)).toEqual([expect.stringContaining('names none of')])
      expect(told(`${file} > leaks > does not`)).toEqual([expect.stringContaining('docs/complaints.md:1: C-01')])
    })
  })

  it('refuses an id that stands there twice', () => {
    expect(check(`${table('open')}\n${table('open')}`)).toEqual([expect.stringContaining('FR-001 stands there twice')])
  })

  it('looks for file and titles in the sources when there is no report', () => {
    const named = table(`${file} > chat > it's there`)
    expect(check(named, "describe('chat', () => it('it\\'s there', () => {}))")).toEqual([])
    expect(check(named, `describe('chat', () => it("it's there", () => {}))`)).toEqual([])
    expect(check(named, "describe('chat', () => it('is elsewhere', () => {}))")).toEqual([expect.stringContaining('has no test')])
    expect(check(named)).toEqual([expect.stringContaining('does not exist')])
  })

  it('wants the test to have passed when there is a report', () => {
    const named = table(`${file} > chat > answers`)
    expect(check(named, '', report(['answers', 'passed']))).toEqual([])
    expect(check(named, '', report(['answers', 'failed']))).toEqual([expect.stringContaining('ended as failed')])
    expect(check(named, '', report(['answers', 'skipped']))).toEqual([expect.stringContaining('ended as skipped')])
    expect(check(named, '', report(['other', 'passed']))).toEqual([expect.stringContaining('the run has no test')])
  })

  it('counts a title that was run twice as failed when one run failed', () => {
    expect(check(table(`${file} > chat > answers`), '', report(['answers', 'passed'], ['answers', 'failed']))).toEqual([expect.stringContaining('ended as failed')])
  })
})
