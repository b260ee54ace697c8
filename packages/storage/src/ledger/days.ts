/** Days of the aggregates, in UTC. */
export const DAY_MS = 86_400_000

/** Days that aggregates are kept for; older ones are rolled up into one row an owner. */
export const DAYS_KEPT = 731

/** The day that stands for all that were rolled up. */
export const ROLLED_UP = '1970-01-01'

/** `2025-01-31` */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

/** The last day that is rolled up. */
export function lastRolledUp(now: number): string {
  return dayOf(now - DAYS_KEPT * DAY_MS)
}
