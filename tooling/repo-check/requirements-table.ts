/** A page whose rows name the tests that show them. */
export interface Page {
  /** From the root. */
  readonly file: string
  /** Rows may say why what they tell of cannot occur, and a test must name one of the row's threads (`LL#123`). */
  readonly complaints: boolean
}

export const pages: readonly Page[] = [{ file: 'docs/requirements.md', complaints: false }, { file: 'docs/complaints.md', complaints: true }]

/** One row of a page. */
export interface Requirement {
  readonly id: string
  readonly text: string
  /** Undefined while open. */
  readonly test?: TestName
  /** Why it cannot occur: then there is no test. */
  readonly reason?: string
  /** `docs/requirements.md:12` */
  readonly where: string
  /** One of these must stand in the test's name; none: any name will do. */
  readonly threads: readonly string[]
}

/** `file > describe > test`, as the test runner prints it. */
export interface TestName {
  readonly file: string
  readonly titles: readonly string[]
}

/** The part of vitest's JSON report that we read. */
export interface Report {
  readonly testResults: readonly {
    /** Absolute path. */
    readonly name: string
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[]
  }[]
}

const CANNOT = 'cannot occur: '

/** @throws when a row has no test cell, or a test cell says nothing that the page allows. */
export function parseRequirements(markdown: string, { file, complaints }: Page = pages[0]!): Requirement[] {
  return markdown.split('\n').flatMap((row, index): Requirement[] => {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
    const id = cells[1] ?? ''
    if (!/^[A-Z]+\d*-\d+[a-z]?$/.test(id)) return []
    const where = `${file}:${index + 1}`
    const [text = '', test = ''] = cells.slice(2)
    if (cells.length !== 5 || text === '' || test === '') throw new Error(`${where}: a row is | id | text | test |`)
    const threads = complaints ? (text.match(/\b[A-Z]+#\d+/g) ?? []) : []
    if (complaints && test.startsWith(CANNOT)) return [{ id, text, where, threads, reason: test.slice(CANNOT.length) }]
    return [{ id, text, where, threads, ...(test !== 'open' && { test: parseTestName(test, where) }) }]
  })
}

function parseTestName(cell: string, where: string): TestName {
  const [file = '', ...titles] = cell.replaceAll('`', '').split(' > ')
  if (!file.endsWith('.test.ts') || titles.length === 0) throw new Error(`${where}: "${cell}" is neither "open" nor "path/to/file.test.ts > describe > test"`)
  return { file, titles }
}

/** Whether a source file declares all the titles: each must stand in it as a text of its own. */
export function declares(source: string, titles: readonly string[]): boolean {
  const written = [...source.matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , text = '']) => text.replaceAll(/\\(['"`])/g, '$1'))
  const quoted = (title: string): boolean => ["'", '"', '`'].some((quote) => source.includes(quote + title.replaceAll(quote, `\\${quote}`) + quote))
  return titles.every((title) => quoted(title) || written.some((text) => stands(text, title)))
}

/** Whether the title of an `it.each` can become `title`: `%s` and its kind stand for anything. */
function stands(text: string, title: string): boolean {
  const parts = text.split(/%[sdifjo#]|\$\w+/)
  if (parts.length === 1) return false
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`, 's').test(title)
}

/** `passed`, `failed`, `skipped` ..., or undefined when the report does not know the test. */
export function statusOf(report: Report, root: string, { file, titles }: TestName): string | undefined {
  const wanted = titles.join(' > ')
  const results = report.testResults
    .filter(({ name }) => name.replaceAll('\\', '/') === `${root.replaceAll('\\', '/')}/${file}`)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > ') === wanted)
  return (results.find(({ status }) => status !== 'passed') ?? results[0])?.status
}

/** What is wrong with the rows; `read` gives a file's text, or undefined. */
export function checkRequirements(rows: readonly Requirement[], root: string, read: (file: string) => string | undefined, report?: Report): string[] {
  const seen = new Set<string>()
  return rows.flatMap(({ id, test, where: place, threads }): string[] => {
    const where = `${place}: ${id}`
    if (seen.has(id)) return [`${where} stands there twice.`]
    seen.add(id)
    if (test === undefined) return []
    if (threads.length > 0 && !threads.some((thread) => new RegExp(`${thread}\\b`).test(test.titles.at(-1)!))) return [`${where}: "${test.titles.at(-1)}" names none of the row's threads.`]
    if (report) {
      const status = statusOf(report, root, test)
      if (status === 'passed') return []
      return [status === undefined ? `${where}: the run has no test "${test.titles.join(' > ')}" in ${test.file}.` : `${where}: "${test.titles.join(' > ')}" ended as ${status}.`]
    }
    const source = read(test.file)
    if (source === undefined) return [`${where}: ${test.file} does not exist.`]
    return declares(source, test.titles) ? [] : [`${where}: ${test.file} has no test "${test.titles.join(' > ')}".`]
  })
}
