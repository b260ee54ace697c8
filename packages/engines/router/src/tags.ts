/** How tags choose among the deployments of a group. */
export interface TagFiltering {
  readonly enabled: boolean
  /** One tag in common is enough; otherwise the deployment must have all of the request's. */
  readonly matchAny: boolean
}

interface Tagged {
  readonly deployment: { readonly tags?: readonly string[] }
}

const DEFAULT = 'default'

/**
 * The deployments that serve a request with these tags; undefined: all of them. A tag `!slow` leaves out those that have
 * `slow`, `&eu` leaves out those that lack `eu`. Source: https://docs.litellm.ai/docs/proxy/tag_routing
 *
 * The whole group is looked at, not only who is open: a request does not wander to another tag's deployments because its
 * own are resting. A group without any tags takes no part.
 */
export function taggedFor<S extends Tagged>(seats: readonly S[], tags: readonly string[] | undefined, matchAny: boolean): ReadonlySet<S> | undefined {
  if (!seats.some(({ deployment }) => (deployment.tags?.length ?? 0) > 0)) return undefined
  const wanted = tags ?? []
  const marked = (mark: string): string[] => wanted.filter((tag) => tag.startsWith(mark) && tag.length > 1).map((tag) => tag.slice(1))
  const excluded = marked('!')
  const required = marked('&')
  const positive = wanted.filter((tag) => !/^[!&]/.test(tag))
  const allowed = seats.filter(({ deployment: { tags: own = [] } }) => !excluded.some((tag) => own.includes(tag)) && required.every((tag) => own.includes(tag)))
  if (positive.length > 0) {
    const matches = allowed.filter(({ deployment: { tags: own = [] } }) => (matchAny ? positive.some((tag) => own.includes(tag)) : positive.every((tag) => own.includes(tag))))
    if (matches.length > 0) return new Set(matches)
  } else if (required.length > 0) return new Set(allowed)
  const defaults = allowed.filter(({ deployment: { tags: own = [] } }) => own.includes(DEFAULT))
  if (defaults.length > 0 || positive.length > 0) return new Set(defaults)
  // Nobody serves those without tags in particular, so everybody does.
  return new Set(seats.some(({ deployment: { tags: own = [] } }) => own.includes(DEFAULT)) ? [] : allowed)
}
