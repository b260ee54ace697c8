import type { Choice, Router } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'

/**
 * A choice among the deployments of a later `order` than that of the one that failed; those before it count as tried.
 * Undefined: there is none that is open.
 */
export function nextOrder(ctx: RequestContext, router: Router<Deployment>): Choice<Deployment> | undefined {
  const { candidate, group } = ctx
  if (!candidate) return undefined
  const failed = orderOf(candidate)
  const candidates = group!.candidates
  if (!candidates.some((one) => orderOf(one) > failed)) return undefined
  const tried = (ctx.tried ??= new Set())
  for (const one of candidates) if (orderOf(one) <= failed) tried.add(one.deployment.id)
  const next = router.choose(group!, ctx)
  return next.candidate ? next : undefined
}

function orderOf({ deployment }: { readonly deployment: Deployment }): number {
  return deployment.order ?? 1
}
