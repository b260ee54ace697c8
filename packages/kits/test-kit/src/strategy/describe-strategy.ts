import { describeChecks } from '../suite/describe-checks.ts'
import { strategyChecks, type StrategySuite } from './checks.ts'

/** Tests a routing strategy against the contract. One call inside the author's own vitest file. */
export function describeStrategy(suite: StrategySuite): void {
  describeChecks(`strategy ${suite.plugin.name}`, strategyChecks(suite))
}
