import { type Amount, type LimitState, refusal } from '@tianjillm/limits'
import type { Candidate } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { hold, reserveFor, tellSpent } from './limits.ts'

const nothing = { nanoUsd: 0, inputTokens: 0, outputTokens: 0 }

/**
 * Picks a deployment whose provider's budget covers the call, and reserves under it.
 * @param closed deployments that are out of the question
 * @returns undefined when none is left for another reason than budgets
 * @throws `budget_exceeded` when no provider's budget covers the call
 */
export async function chooseWithinBudget(ctx: RequestContext, settings: Settings, closed: ReadonlySet<string> | undefined): Promise<Candidate<Deployment> | undefined> {
  const { router, clock } = settings
  const limiter = settings.limiter!
  const group = ctx.group!
  const tried = new Set(closed)
  let refused: LimitState | undefined
  let amount: Amount = nothing
  for (;;) {
    const { candidate } = router.choose(group, { stream: ctx.stream, closed: tried })
    if (!candidate) {
      if (refused) throw refusal(refused, amount, clock.now())
      return undefined
    }
    const { providerName } = candidate.deployment
    const set = limiter.rulesOfProvider(providerName)
    if (!set) return candidate
    const id = `${ctx.uniqueId}:${providerName}`
    const fitted = await reserveFor(ctx, limiter, set, id)
    if (fitted.reserved.ok) {
      hold(ctx, id, fitted)
      return candidate
    }
    refused = fitted.reserved.refused
    amount = fitted.amount
    tellSpent(settings, refused, amount)
    for (const { deployment } of group.candidates) if (deployment.providerName === providerName) tried.add(deployment.id)
  }
}
