import { describeChecks } from '../suite/describe-checks.ts'
import { secretsChecks, type SecretsSuite } from './checks.ts'

/** Tests a secret manager against the contract. One call inside the author's own vitest file. */
export function describeSecrets(suite: SecretsSuite): void {
  describeChecks(`secrets ${suite.plugin.name}`, secretsChecks(suite))
}
