import type { BudgetAlert } from '@tianjillm/core'
import type { LimitRule } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'
import type { Settings } from '../settings.ts'

/** Tells log and callbacks of a budget that was reached, once a period. @param spent nano-USD */
export function alertBudget(settings: Settings, event: BudgetAlert['event'], rule: LimitRule, spent: number, limit: number): void {
  const at = settings.clock.now()
  if (!settings.limiter!.alerts.first(event, rule, at)) return
  const { scope, owner, name, model, window } = rule
  const soft = event === 'soft_budget_crossed'
  settings.log.warn({ event, scope, owner, name, ...(model !== undefined && { model }), [soft ? 'soft_budget' : 'max_budget']: toUsd(limit), spend: toUsd(spent), window }, soft ? 'soft budget reached' : 'budget reached')
  const { end } = rule.period(at)
  const alert: BudgetAlert = Object.freeze({ event, at, scope, owner, name, ...(model !== undefined && { model }), spentNanoUsd: spent, limitNanoUsd: limit, window, ...(Number.isFinite(end) && { resetsAt: end }) })
  for (const { name: callbackName, callback } of settings.callbacks) {
    try {
      callback.alert?.(alert)
    } catch (error) {
      settings.log.error({ callback: callbackName, err: error }, 'callback threw')
    }
  }
}
