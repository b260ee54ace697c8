import { budgetChecks } from './budgets.ts'
import type { LimitCheck } from './bench.ts'
import { clockChecks } from './clocks.ts'
import { leaseChecks } from './leases.ts'
import { rateChecks } from './rates.ts'
import { storedChecks } from './stored.ts'

export type { LimitBench, LimitCheck } from './bench.ts'

/** The contract of a LimitStore. Each check wants a bench of its own. */
export const limitChecks: readonly LimitCheck[] = [...budgetChecks, ...leaseChecks, ...clockChecks, ...rateChecks, ...storedChecks]
