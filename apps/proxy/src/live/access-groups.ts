import type { AccessGroupRecord } from '@tianjillm/configuration'

/** The access groups of a deployment: its own, and those that were made over the API. */
export function groupsOf(groups: Iterable<AccessGroupRecord>, id: string, modelName: string, own: readonly string[]): readonly string[] {
  const all = new Set(own)
  for (const group of groups) if (group.modelIds.includes(id) || group.modelNames.includes(modelName)) all.add(group.id)
  return [...all]
}
