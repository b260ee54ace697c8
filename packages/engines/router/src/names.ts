import type { ModelGroup, RoutedDeployment } from './deployment.ts'
import { bySpecificity, compilePattern, isPattern, type ModelPattern } from './pattern.ts'

/** Names of models, and the groups behind them. */
export interface Names<D extends RoutedDeployment> {
  group(name: string, teamId?: string): ModelGroup<D> | undefined
  list(teamId?: string): readonly string[]
}

export interface NamesOptions<D extends RoutedDeployment> {
  readonly deployments: readonly D[]
  readonly aliases: Readonly<Record<string, string>>
  readonly hiddenAliases: ReadonlySet<string> | undefined
  /** A group of these, for one model where `stars` are what their pattern's `*` stand for. */
  readonly form: (name: string, members: readonly D[], stars: readonly string[] | undefined) => ModelGroup<D>
}

/** How many names matched by patterns are remembered, and how long one may be: they are the callers' words. */
const REMEMBERED = 10_000
const REMEMBERED_CHARS = 256

/** Aliases come first, then exact names, then patterns, the one that says most first. */
export function createNames<D extends RoutedDeployment>({ deployments, aliases, hiddenAliases, form }: NamesOptions<D>): Names<D> {
  const open = createSpace(deployments.filter(({ teamId }) => teamId === undefined), form)
  const byTeam = new Map([...Map.groupBy(deployments.filter(({ teamId }) => teamId !== undefined), ({ teamId }) => teamId!)].map(([teamId, members]) => [teamId, createSpace(members, form)] as const))
  const names = [...new Set([...open.names, ...Object.keys(aliases).filter((alias) => hiddenAliases?.has(alias) !== true)])]
  const ofTeam = new Map([...byTeam].map(([teamId, space]) => [teamId, [...new Set([...names, ...space.names])]] as const))
  return {
    group(name, teamId) {
      const own = teamId === undefined || byTeam.size === 0 ? undefined : byTeam.get(teamId)?.group(name)
      return own ?? open.group(Object.hasOwn(aliases, name) ? aliases[name]! : name)
    },
    list: (teamId) => (teamId === undefined ? names : (ofTeam.get(teamId) ?? names)),
  }
}

interface Space<D extends RoutedDeployment> {
  readonly names: readonly string[]
  group(name: string): ModelGroup<D> | undefined
}

function createSpace<D extends RoutedDeployment>(deployments: readonly D[], form: NamesOptions<D>['form']): Space<D> {
  const groups = new Map<string, ModelGroup<D>>()
  const patterns: ModelPattern[] = []
  const byName = Map.groupBy(deployments, ({ modelName }) => modelName)
  for (const [name, members] of byName) {
    groups.set(name, form(name, members, undefined))
    if (isPattern(name)) patterns.push(compilePattern(name))
  }
  patterns.sort((a, b) => bySpecificity(a.text, b.text))
  const remembered = new Map<string, ModelGroup<D>>()

  const matchPattern = (name: string): ModelGroup<D> | undefined => {
    for (const pattern of patterns) {
      const stars = pattern.match(name)
      if (stars !== undefined) return form(pattern.text, byName.get(pattern.text)!, stars)
    }
    return undefined
  }

  return {
    names: [...byName.keys()],
    group(name) {
      const known = groups.get(name) ?? remembered.get(name)
      if (known) return known
      const matched = matchPattern(name)
      if (matched && name.length <= REMEMBERED_CHARS) {
        if (remembered.size >= REMEMBERED) remembered.clear()
        remembered.set(name, matched)
      }
      return matched
    },
  }
}
