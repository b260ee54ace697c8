import { toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { adminViewOnly } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import type { SpendOptions } from './options.ts'

/** `GET /provider/budgets`: how the budgets of `provider_budget_config` stand. Source: https://docs.litellm.ai/docs/proxy/provider_budget_routing */
export function providerBudgetRoutes({ gateway }: SpendOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/provider/budgets'], permission: 'spend:read', tag: 'Spend', summary: 'Budgets of providers, what was spent of them, and when they begin anew.',
      answer: v.object({ providers: v.record(v.string(), v.object({ budget_limit: v.number(), time_period: v.nullable(v.string()), spend: v.number(), budget_reset_at: v.nullable(v.string()) })) }),
      async handle({ principal }) {
        adminViewOnly(principal, 'see the budgets of providers')
        const { limiter } = gateway.settings
        const budgets = [...(limiter?.providerBudgets ?? [])]
        const shown = await Promise.all(budgets.map(async ([provider, { maxBudget, budgetDuration }]) => {
          const rule = limiter!.rulesOf({ provider }).find(({ counted, model }) => counted === 'budget' && model === undefined)
          const [state] = rule ? await limiter!.store.read([rule]) : []
          return [provider, { budget_limit: toUsd(maxBudget), time_period: budgetDuration, spend: toUsd(state?.used ?? 0), budget_reset_at: state && Number.isFinite(state.resetsAt) ? instant(state.resetsAt) : null }] as const
        }))
        return { providers: Object.fromEntries(shown) }
      },
    }),
  ]
}
