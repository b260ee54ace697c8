export { type LedgerBench, type LedgerCheck, ledgerEntry } from './contract/bench.ts'
export { ledgerChecks } from './contract/checks.ts'
