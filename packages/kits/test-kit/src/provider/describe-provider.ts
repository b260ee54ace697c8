import { describeChecks } from '../suite/describe-checks.ts'
import { providerChecks, type ProviderSuite } from './checks.ts'

/** Tests a provider against the contract. One call inside the author's own vitest file. */
export function describeProvider(suite: ProviderSuite): void {
  describeChecks(`provider ${suite.plugin.name}`, providerChecks(suite))
}
