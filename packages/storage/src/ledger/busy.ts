/** PostgreSQL's codes for a lock that was not had in time, and for two that wait for each other. */
const busyCodes = new Set(['55P03', '40P01'])

/** Whether somebody else has the tables: what was to be done is done another time. */
export function isBusy(error: unknown): boolean {
  return busyCodes.has(String((error as { code?: unknown } | null)?.code))
}
