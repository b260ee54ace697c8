import type { NamedKind, RecordName } from '@tianjillm/auth'
import type { UsageDimension, UsageRow } from '@tianjillm/spend'
import type { SpendOptions } from './options.ts'

/** What those are called who are in rows of usage, by id. Deleted ones keep their names. */
export async function namesOf({ directory }: SpendOptions, kind: NamedKind & UsageDimension, rows: readonly UsageRow[]): Promise<ReadonlyMap<string, RecordName>> {
  const ids = new Set<string>()
  for (const row of rows) ids.add(row[kind] ?? '')
  ids.delete('')
  const found = ids.size === 0 ? [] : await directory.names(kind, [...ids])
  return new Map(found.map((name) => [name.id, name]))
}

/** What LiteLLM calls a key: its hash. */
export function hashOf(names: ReadonlyMap<string, RecordName>, keyId: string): string {
  return names.get(keyId)?.hash ?? keyId
}

/** A label for each team: its alias, with the id where two share it, or the id; `none` for calls without a team. */
export function teamLabels(names: ReadonlyMap<string, RecordName>, none: string): (teamId: string) => string {
  const counts = new Map<string, number>()
  for (const { name } of names.values()) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return (teamId) => {
    if (teamId === '') return none
    const name = names.get(teamId)?.name ?? teamId
    return (counts.get(name) ?? 0) > 1 || name === none ? `${name} (${teamId})` : name
  }
}
