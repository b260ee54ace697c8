import { bySpecificity, compilePattern, isPattern, type ModelPattern } from './pattern.ts'

/** What the router must know of a deployment. */
export interface RoutedDeployment {
  /** Unique and stable over restarts. */
  readonly id: string
  /** The public name: exact, or a pattern with `*`. */
  readonly modelName: string
  /** The upstream's name; a `*` in it takes what the `*` of `modelName` stood for. */
  readonly model: string
  /** Share of the traffic among deployments of one name. Default 1. */
  readonly weight?: number
  /** Groups of models that lists of models may name in its stead. */
  readonly accessGroups?: readonly string[]
}

/** A deployment that can serve a request, and the name to use there. */
export interface Candidate<D extends RoutedDeployment> {
  readonly deployment: D
  readonly model: string
}

/** The deployments behind a name. */
export interface ModelGroup<D extends RoutedDeployment> {
  /** The configured name: aliases resolved, patterns as written. */
  readonly name: string
  /** The access groups of its deployments. */
  readonly accessGroups: readonly string[]
  readonly candidates: readonly Candidate<D>[]
}

export interface RouterOptions<D extends RoutedDeployment> {
  readonly deployments: readonly D[]
  /** Other names for model groups. */
  readonly aliases?: Readonly<Record<string, string>>
  /** What a deployment whose name is a pattern is for one model. Called once for each name that is remembered. Default: the same. */
  readonly expand?: (deployment: D, model: string) => D
  /** Numbers in [0, 1); inject a seeded one for tests. Default `Math.random`. */
  readonly random?: () => number
}

export interface Router<D extends RoutedDeployment> {
  /** The group that serves a name, or undefined. Exact names win over patterns, longer patterns over shorter. */
  group(name: string): ModelGroup<D> | undefined
  /** Picks a candidate by weight, leaving out deployments already tried. */
  choose(group: ModelGroup<D>, tried?: ReadonlySet<string>): Candidate<D> | undefined
  /** All names that callers may use, patterns as written, in the order of the configuration. */
  names(): readonly string[]
}

/** How many names matched by patterns are remembered, and how long one may be: they are the callers' words. */
const REMEMBERED = 10_000
const REMEMBERED_CHARS = 256

/** Pure: no I/O, no timers. */
export function createRouter<D extends RoutedDeployment>({ deployments, aliases = {}, expand = same, random = Math.random }: RouterOptions<D>): Router<D> {
  const groups = new Map<string, ModelGroup<D>>()
  const patterns: ModelPattern[] = []
  const byName = Map.groupBy(deployments, (deployment) => deployment.modelName)
  for (const [name, members] of byName) {
    groups.set(name, { name, accessGroups: accessGroupsOf(members), candidates: members.map((deployment) => ({ deployment, model: deployment.model })) })
    if (isPattern(name)) patterns.push(compilePattern(name))
  }
  patterns.sort((a, b) => bySpecificity(a.text, b.text))
  const names = [...new Set([...byName.keys(), ...Object.keys(aliases)])]
  const remembered = new Map<string, ModelGroup<D>>()

  const candidateOf = (deployment: D, model: string): Candidate<D> => ({ deployment: expand(deployment, model), model })

  const matchPattern = (name: string): ModelGroup<D> | undefined => {
    for (const pattern of patterns) {
      const star = pattern.match(name)
      if (star === undefined) continue
      const members = byName.get(pattern.text)!
      return { name: pattern.text, accessGroups: accessGroupsOf(members), candidates: members.map((deployment) => candidateOf(deployment, deployment.model.replace('*', () => star))) }
    }
    return undefined
  }

  return {
    group(name) {
      const target = Object.hasOwn(aliases, name) ? aliases[name]! : name
      const known = groups.get(target) ?? remembered.get(target)
      if (known) return known
      const matched = matchPattern(target)
      if (matched && target.length <= REMEMBERED_CHARS) {
        if (remembered.size >= REMEMBERED) remembered.clear()
        remembered.set(target, matched)
      }
      return matched
    },
    choose(group, tried) {
      const open = tried === undefined || tried.size === 0 ? group.candidates : group.candidates.filter(({ deployment }) => !tried.has(deployment.id))
      return open.length <= 1 ? open[0] : weighted(open, random())
    },
    names: () => names,
  }
}

function accessGroupsOf(members: readonly RoutedDeployment[]): readonly string[] {
  return [...new Set(members.flatMap(({ accessGroups = [] }) => accessGroups))]
}

function same<D>(deployment: D): D {
  return deployment
}

/** The candidate at `point` (in [0, 1)) of the weights laid end to end. */
function weighted<D extends RoutedDeployment>(candidates: readonly Candidate<D>[], point: number): Candidate<D> | undefined {
  let total = 0
  for (const { deployment } of candidates) total += deployment.weight ?? 1
  if (total <= 0) return candidates[Math.floor(point * candidates.length)]
  let left = point * total
  for (const candidate of candidates) {
    left -= candidate.deployment.weight ?? 1
    if (left < 0) return candidate
  }
  return candidates[candidates.length - 1]
}
