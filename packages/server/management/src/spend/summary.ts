import { toUsd, type UsageRow } from '@tianjillm/spend'
import type * as v from 'valibot'
import type { spendDayAnswer } from './log-answer.ts'

type SpendDay = v.InferOutput<typeof spendDayAnswer>

const DAY_MS = 86_400_000

/**
 * LiteLLM's summary: one object a day, oldest first, days without calls too; beside the named fields one per key hash.
 *
 * @param splits the days by key, by user and by model group
 */
export function summarize(splits: readonly (readonly UsageRow[])[], hashOf: (keyId: string) => string, from: number, to: number): readonly SpendDay[] {
  const byDay = splits.map((rows) => Map.groupBy(rows, ({ day }) => day))
  const summary: SpendDay[] = []
  for (let at = from; at < to; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    const [keys, users, models] = byDay.map((days) => days.get(day) ?? []) as [UsageRow[], UsageRow[], UsageRow[]]
    summary.push({
      ...sums(keys, ({ key }) => key && hashOf(key)),
      startTime: day,
      spend: toUsd(models.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)),
      users: sums(users, ({ user }) => user),
      models: sums(models, ({ modelGroup }) => modelGroup),
    })
  }
  return summary
}

/** USD by name; added up in nano-USD first, so that no cent is lost to fractions. */
function sums(parts: readonly UsageRow[], nameOf: (part: UsageRow) => string | undefined): Record<string, number> {
  // Without a prototype: a user may be called `__proto__`.
  const totals = Object.create(null) as Record<string, number>
  for (const part of parts) {
    const name = nameOf(part)
    if (name) totals[name] = (totals[name] ?? 0) + part.costNanoUsd
  }
  for (const name of Object.keys(totals)) totals[name] = toUsd(totals[name]!)
  return totals
}
