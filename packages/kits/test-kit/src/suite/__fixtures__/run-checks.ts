import type { Check } from '../check.ts'

/** The names of the checks that fail, each with its message. Skipped ones do not run. */
export async function failures(checks: readonly Check[]): Promise<Map<string, string>> {
  const failed = new Map<string, string>()
  for (const { name, run, skipped } of checks) {
    if (skipped !== undefined) continue
    try {
      await run()
    } catch (error) {
      failed.set(name, error instanceof Error ? error.message : String(error))
    }
  }
  return failed
}
