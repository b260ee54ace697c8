import type { OwnerLimits } from './owner-rules.ts'

/** Limits from elsewhere, for what the owner's own leave open. */
export interface LimitLayer {
  /** Where they come from, for people: `budget free_tier`. */
  readonly source: string
  readonly limits: Partial<OwnerLimits>
}

/** Whose word each limit is. */
export type LimitSources = Readonly<Partial<Record<keyof OwnerLimits, string>>>

export const OWN = 'own'

/**
 * The owner's limits, completed from the layers behind: for each field the first that says something holds.
 * A budget keeps its own duration: who sets `maxBudget` and no duration means one that never resets.
 */
export function layered(own: OwnerLimits, behind: readonly LimitLayer[]): { readonly limits: OwnerLimits; readonly sources: LimitSources } {
  if (behind.length === 0) return { limits: own, sources: {} }
  const layers: readonly LimitLayer[] = [{ source: OWN, limits: own }, ...behind]
  const limits: Record<string, unknown> = { ...own }
  const sources: Partial<Record<keyof OwnerLimits, string>> = {}
  for (const field of Object.keys(own) as (keyof OwnerLimits)[]) {
    const layer = layers.find((one) => says(one.limits[field]))
    if (!layer) continue
    limits[field] = layer.limits[field]
    sources[field] = layer.source
  }
  const budget = layers.find((one) => says(one.limits.maxBudget))
  if (budget && own.budgetDuration === null) limits['budgetDuration'] = budget.limits.budgetDuration ?? null
  return { limits: limits as unknown as OwnerLimits, sources }
}

function says(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0)
}
