import { describeChecks } from '../suite/describe-checks.ts'
import { callbackChecks, type CallbackSuite } from './checks.ts'

/** Tests a callback against the contract. One call inside the author's own vitest file. */
export function describeCallback(suite: CallbackSuite): void {
  describeChecks(`callback ${suite.plugin.name}`, callbackChecks(suite))
}
