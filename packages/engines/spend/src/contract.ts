export { type LedgerBench, type LedgerCheck, ledgerChecks, ledgerEntry } from './contract/checks.ts'
