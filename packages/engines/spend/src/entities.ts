import type { LedgerEntry, SpendEntity } from './ledger.ts'

/** Every aggregate that an entry counts in: each kind with its id, each tag once. */
export function entitiesOf(entry: LedgerEntry): readonly (readonly [SpendEntity, string])[] {
  const single: readonly (readonly [SpendEntity, string | undefined])[] = [
    ['total', ''],
    ['key', entry.keyId],
    ['user', entry.userId],
    ['team', entry.teamId],
    ['member', entry.teamId === undefined || entry.userId === undefined ? undefined : `${entry.teamId}:${entry.userId}`],
    ['organization', entry.organizationId],
    ['end_user', entry.endUser],
    ['model', entry.modelGroup],
    ['provider', entry.provider],
    ['deployment', entry.deploymentId],
  ]
  const tags = [...new Set(entry.tags)].map((tag) => ['tag', tag] as const)
  return [...single.filter((pair): pair is [SpendEntity, string] => pair[1] !== undefined), ...tags]
}
