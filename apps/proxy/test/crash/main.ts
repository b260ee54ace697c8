import { parseArgs } from 'node:util'
import { crashTest, findFaults } from './crash.ts'

/** `pnpm test:crash [--requests 10000]`: kills everything that can be killed under load, then checks the books. */

const { values } = parseArgs({ options: { requests: { type: 'string', default: '10000' } } })
const answers = Number(values.requests)
if (!Number.isInteger(answers) || answers < 100) {
  console.error('--requests must be a whole number of at least 100.')
  process.exit(2)
}
const report = await crashTest({ answers, say: (line) => console.log(line) })
const faults = findFaults(report)
console.log(`${report.books.rows} rows for ${report.outcome.answered.size} answered calls (${report.outcome.cut} cut off, ${report.outcome.refused} refused), ${report.books.cost / 1e9} USD`)
for (const fault of faults) console.error(`FAULT: ${fault}`)
process.exit(faults.length === 0 ? 0 : 1)
