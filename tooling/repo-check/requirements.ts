import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRoot } from '../workspace/workspace.ts'
import { checkRequirements, pages, parseRequirements, type Report } from './requirements-table.ts'

const root = findRoot(import.meta.dirname)
const read = (file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined)
const [reportFile] = process.argv.slice(2)
const report = reportFile === undefined ? undefined : (JSON.parse(readFileSync(reportFile, 'utf8')) as Report)

const rows = pages.flatMap((page) => parseRequirements(readFileSync(join(root, page.file), 'utf8'), page))
const problems = checkRequirements(rows, root, read, report)
for (const problem of problems) console.error(`${problem} Fix: name a test that shows it, or write \`open\`.`)
const impossible = rows.filter((row) => row.reason !== undefined).length
const shown = rows.filter((row) => row.test !== undefined).length
console.log(`${rows.length} requirements and complaints, ${shown} with a test, ${impossible} that cannot occur, ${rows.length - shown - impossible} open, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
