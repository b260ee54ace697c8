import type { KeyRecord, TeamRecord, UserRecord } from './records.ts'

/** Whose list of models refused a call. */
export type ModelRefusal = 'key' | 'team' | 'user'

/** Decides which models a caller may use. Compiled once for each caller. */
export interface ModelAccess {
  /** Undefined when the model may be called. @param names the model under every name that it has here */
  refusal(...names: readonly string[]): ModelRefusal | undefined
}

type Names = (name: string) => boolean

/** How many names with their answers are remembered. */
const REMEMBERED = 1000

/**
 * LiteLLM's rules: an empty list allows all; `*` in a name stands for any characters; `all-proxy-models` is
 * everything, `all-team-models` leaves the decision to the team, `no-default-models` is nothing. A key must
 * pass its own list, and its team's; without a team, its user's.
 */
export function modelAccess(key: KeyRecord, team: TeamRecord | undefined, user: UserRecord | undefined): ModelAccess | undefined {
  const own = allowing(key.models)
  const teams = team && allowing(team.models)
  const users = team || !user ? undefined : allowing(user.models)
  if (!own && !teams && !users) return undefined
  const decide = (names: readonly string[]): ModelRefusal | undefined => {
    if (own && !names.some(own)) return 'key'
    if (teams && !names.some(teams)) return 'team'
    return users && !names.some(users) ? 'user' : undefined
  }
  const remembered = new Map<string, ModelRefusal | 'none'>()
  return {
    refusal(...names) {
      const id = names.length === 1 ? names[0]! : names.join('\n')
      const known = remembered.get(id)
      if (known !== undefined) return known === 'none' ? undefined : known
      const decided = decide(names)
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(id, decided ?? 'none')
      return decided
    },
  }
}

/** Whether every model that `wanted` (a `models` list) allows is allowed by `granted`: for callers that hand rights on. */
export function coversModels(granted: readonly string[], wanted: readonly string[]): boolean {
  const allows = allowing(granted)
  if (!allows) return true
  return wanted.length > 0 && wanted.every((name) => granted.includes(name) || (!name.includes('*') && !specials.has(name) && allows(name)) || name === 'no-default-models')
}

const specials = new Set(['all-proxy-models', 'all-team-models', 'no-default-models'])

/** Undefined when everything is allowed. */
function allowing(models: readonly string[]): Names | undefined {
  if (models.length === 0 || models.includes('all-proxy-models') || models.includes('all-team-models') || models.includes('*')) return undefined
  const exact = new Set(models.filter((name) => !name.includes('*')))
  const patterns = models.filter((name) => name.includes('*')).map(matching)
  return (name) => exact.has(name) || patterns.some((matches) => matches(name))
}

/** A pattern with `*`, matched from left to right: linear, no backtracking. */
function matching(pattern: string): Names {
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
