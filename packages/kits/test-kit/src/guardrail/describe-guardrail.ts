import { describeChecks } from '../suite/describe-checks.ts'
import { guardrailChecks, type GuardrailSuite } from './checks.ts'

/** Tests a guardrail against the contract. One call inside the author's own vitest file. */
export function describeGuardrail(suite: GuardrailSuite): void {
  describeChecks(`guardrail ${suite.plugin.name}`, guardrailChecks(suite))
}
