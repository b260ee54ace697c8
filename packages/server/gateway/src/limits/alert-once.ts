import type { LimitRule } from '@tianjillm/limits'

/** Remembers which alerts were told, so that each comes once a period. */
export interface AlertOnce {
  /** Whether this is the first time in the rule's period. */
  first(event: string, rule: LimitRule, now: number): boolean
}

/** Alerts that are remembered; beyond that the oldest may come again. */
const REMEMBERED = 10_000

export function createAlertOnce(): AlertOnce {
  // By rule: the start of the period in which it was told.
  const told = new Map<string, number>()
  return {
    first(event, rule, now) {
      const id = `${event} ${rule.id}`
      const { start } = rule.period(now)
      if (told.get(id) === start) return false
      told.delete(id)
      if (told.size >= REMEMBERED) told.delete(told.keys().next().value!)
      told.set(id, start)
      return true
    },
  }
}
