export { type LimitBench, type LimitCheck, limitChecks } from './contract/checks.ts'
export { amount, limitRules, limitsOf } from './contract/words.ts'
