import { type Amount, type LimitState, refusal } from '@tianjillm/limits'
import type { Choice } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { hold, reserveFor, tellSpent } from './limits.ts'

const nothing = { nanoUsd: 0, inputTokens: 0, outputTokens: 0 }

/**
 * Sees to it that the chosen deployment and its provider have budget for the call, and reserves under it; else another one is chosen.
 * @returns a choice without a candidate when none is left for another reason than budgets
 * @throws `budget_exceeded` when nobody's budget covers the call
 */
export async function chooseWithinBudget(ctx: RequestContext, settings: Settings, first: Choice<Deployment>): Promise<Choice<Deployment>> {
  const { router, clock } = settings
  const limiter = settings.limiter!
  const group = ctx.group!
  let choice = first
  let refused: LimitState | undefined
  let amount: Amount = nothing
  for (;;) {
    const { candidate } = choice
    if (!candidate) {
      if (refused) throw refusal(refused, amount, clock.now())
      return choice
    }
    const { id: deploymentId, providerName } = candidate.deployment
    const set = limiter.rulesOfDeployment(candidate.deployment)
    if (!set) return choice
    const id = `${ctx.uniqueId}:${deploymentId}:${ctx.attempts}`
    const fitted = await reserveFor(ctx, limiter, set, id)
    if (fitted.reserved.ok) {
      hold(ctx, id, fitted)
      ctx.providerHold = id
      return choice
    }
    refused = fitted.reserved.refused
    amount = fitted.amount
    tellSpent(settings, refused, amount)
    const closed = (ctx.closed ??= new Set())
    closed.add(deploymentId)
    if (refused.rule.scope === 'provider') for (const { deployment } of group.candidates) if (deployment.providerName === providerName) closed.add(deployment.id)
    choice = router.choose(group, ctx)
  }
}
