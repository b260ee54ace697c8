import { describeChecks } from '../suite/describe-checks.ts'
import { archiveChecks, type ArchiveSuite } from './checks.ts'

/** Tests a cold store against the contract. One call inside the author's own vitest file. */
export function describeArchive(suite: ArchiveSuite): void {
  describeChecks(`archive ${suite.plugin.name}`, archiveChecks(suite))
}
