import type { KeyRecord, OrganizationRecord, TeamRecord, UserRecord } from './records.ts'

/** Whose list of models refused a call. */
export type ModelRefusal = 'key' | 'team' | 'user' | 'org'

/** What a name stands for here: another name of the model, and the access groups that it is in. Immutable. */
export interface NamedModel {
  readonly name: string
  readonly accessGroups?: readonly string[]
}

/** Decides which models a caller may use. Compiled once for each caller. */
export interface ModelAccess {
  /** Undefined when the model may be called. @param name the name that was asked for @param model what it stands for */
  refusal(name: string, model?: NamedModel): ModelRefusal | undefined
}

type Allows = (names: readonly string[], groups: readonly string[]) => boolean

/** How many names with their answers are remembered. */
const REMEMBERED = 1000

/**
 * LiteLLM's rules: an empty list allows all; `*` in a name stands for any characters; `all-proxy-models` is
 * everything, `all-team-models` leaves the decision to the team, `no-default-models` is nothing. A key must
 * pass its own list, and its team's; without a team, its user's; and its organization's. A list may name
 * access groups of models (`model_info.access_groups`); patterns do not match these.
 */
export function modelAccess(key: KeyRecord, { team, user, organization }: { readonly team?: TeamRecord | undefined; readonly user?: UserRecord | undefined; readonly organization?: OrganizationRecord | undefined }): ModelAccess | undefined {
  const lists: readonly (readonly [ModelRefusal, readonly string[] | undefined])[] = [['key', key.models], ['team', team?.models], ['user', team ? undefined : user?.models], ['org', organization?.models]]
  const checks = lists.flatMap(([whose, models]) => {
    const allows = models && allowing(models)
    return allows ? [[whose, allows] as const] : []
  })
  if (checks.length === 0) return undefined
  const decide = (name: string, model: NamedModel): ModelRefusal | undefined => {
    const names = model.name === name ? [name] : [name, model.name]
    return checks.find(([, allows]) => !allows(names, model.accessGroups ?? []))?.[0]
  }
  const unserved = new Map<string, ModelRefusal | 'none'>()
  // By the model itself: another configuration may put it into other groups.
  const served = new WeakMap<NamedModel, Map<string, ModelRefusal | 'none'>>()
  const memoryOf = (model: NamedModel): Map<string, ModelRefusal | 'none'> => {
    let memory = served.get(model)
    if (!memory) served.set(model, (memory = new Map()))
    return memory
  }
  return {
    refusal(name, model) {
      const remembered = model ? memoryOf(model) : unserved
      const known = remembered.get(name)
      if (known !== undefined) return known === 'none' ? undefined : known
      const decided = decide(name, model ?? { name })
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(name, decided ?? 'none')
      return decided
    },
  }
}

/** Whether every model that `wanted` (a `models` list) allows is allowed by `granted`: for callers that hand rights on. */
export function coversModels(granted: readonly string[], wanted: readonly string[]): boolean {
  const allows = allowing(granted)
  if (!allows) return true
  return wanted.length > 0 && wanted.every((name) => granted.includes(name) || (!name.includes('*') && !specials.has(name) && allows([name], [])) || name === 'no-default-models')
}

const specials = new Set(['all-proxy-models', 'all-team-models', 'no-default-models'])

/** Undefined when everything is allowed. */
function allowing(models: readonly string[]): Allows | undefined {
  if (models.length === 0 || models.includes('all-proxy-models') || models.includes('all-team-models') || models.includes('*')) return undefined
  const exact = new Set(models.filter((name) => !name.includes('*')))
  const patterns = models.filter((name) => name.includes('*')).map(matching)
  return (names, groups) => names.some((name) => exact.has(name) || patterns.some((matches) => matches(name))) || groups.some((group) => exact.has(group))
}

/** A pattern with `*`, matched from left to right: linear, no backtracking. */
function matching(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*')
  const first = parts[0]!
  const last = parts.at(-1)!
  const middle = parts.slice(1, -1)
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
    let at = first.length
    for (const part of middle) {
      const found = name.indexOf(part, at)
      if (found === -1 || found + part.length > name.length - last.length) return false
      at = found + part.length
    }
    return true
  }
}
