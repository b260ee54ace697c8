import { toUsd, type UsageRow } from '@tianjillm/spend'

const DAY_MS = 86_400_000

/** LiteLLM's summary: one object a day, oldest first, days without calls too; beside the named fields one per key hash. */
export function summarize(days: readonly UsageRow[], hashOf: (keyId: string) => string, from: number, to: number): readonly object[] {
  const byDay = Map.groupBy(days, ({ day }) => day)
  const summary: object[] = []
  for (let at = from; at < to; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    const parts = byDay.get(day) ?? []
    summary.push({
      ...sums(parts, ({ key }) => key && hashOf(key)),
      startTime: day,
      spend: toUsd(parts.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)),
      users: sums(parts, ({ user }) => user),
      models: sums(parts, ({ modelGroup }) => modelGroup),
    })
  }
  return summary
}

/** USD by name; added up in nano-USD first, so that no cent is lost to fractions. */
function sums(parts: readonly UsageRow[], nameOf: (part: UsageRow) => string | undefined): Record<string, number> {
  const totals = new Map<string, number>()
  for (const part of parts) {
    const name = nameOf(part)
    if (name) totals.set(name, (totals.get(name) ?? 0) + part.costNanoUsd)
  }
  return Object.fromEntries([...totals].map(([name, nano]) => [name, toUsd(nano)]))
}
