import { describeChecks } from '../suite/describe-checks.ts'
import { cacheChecks, type CacheSuite } from './checks.ts'

/** Tests a cache against the contract. One call inside the author's own vitest file. */
export function describeCache(suite: CacheSuite): void {
  describeChecks(`cache ${suite.plugin.name}`, cacheChecks(suite))
}
