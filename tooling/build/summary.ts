import { existsSync, readFileSync } from 'node:fs'

/**
 * Prints the tests of a run by file outcome, and as the last line `N passed, N failed`:
 * `node summary.ts REPORT FAILED_STEPS`. A failing step counts as a failed test: also when the
 * runner itself broke and left no report.
 */
const [reportFile = '', steps = '0'] = process.argv.slice(2)
const report = existsSync(reportFile)
  ? (JSON.parse(readFileSync(reportFile, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; numTotalTests: number })
  : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numTotalTests: 0 }
const failed = report.numFailedTests + Number(steps)

console.log(`tests: ${report.numTotalTests} in all, ${report.numPendingTests + report.numTodoTests} skipped; failing steps: ${steps}`)
console.log(`${report.numPassedTests} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
