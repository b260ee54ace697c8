import { parseArgs } from 'node:util'
import { measure } from './measure.ts'

/** Microseconds that routing may add to a request. */
const LIMIT = 20

/** `node --conditions=@tianjillm/source bench/src/routing/main.ts`: what choosing a deployment takes, in one process and without I/O. */
const { values } = parseArgs({ options: { deployments: { type: 'string', default: '100' }, calls: { type: 'string', default: '200000' }, strict: { type: 'boolean', default: false } } })
const measured = await measure(Number(values.deployments), Number(values.calls))
console.log(`| choose + began + ended, ${values.deployments} deployments | p50 µs | p99 µs |\n|---|---|---|`)
for (const { what, p50, p99 } of measured) console.log(`| ${what} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`)
if (values.strict && measured.some(({ p50 }) => p50 > LIMIT)) process.exitCode = 1
