/* oxlint-disable vitest/valid-title, vitest/expect-expect -- names and assertions are the checks' */
import { describe, it } from 'vitest'
import type { Check } from './check.ts'

/** One `it` a check; a skipped one says why in its name. */
export function describeChecks(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run, skipped } of checks) {
      it.skipIf(skipped !== undefined)(skipped === undefined ? name : `${name} (skipped: ${skipped})`, { timeout: 20_000 }, async () => run())
    }
  })
}
