import { type Strategy, type StrategyAsk, systemClock } from '@tianjillm/core'
import type { Ask, Choice, Skip, SkipReason } from './choice.ts'
import type { BoundBy, Candidate, ModelGroup, RoutedDeployment } from './deployment.ts'
import { Filters } from './filters.ts'
import { createNames } from './names.ts'
import { fillStars, isPattern } from './pattern.ts'
import { Seat } from './seat.ts'
import { ownerOf } from './session.ts'
import { defaultCooldown } from './state/cooldown-policy.ts'
import { createRoutingState, MINUTE_MS, type RoutingState } from './state/routing-state.ts'
import { simpleShuffle } from './strategies/shuffle.ts'
import type { TagFiltering } from './tags.ts'

export interface RouterOptions<D extends RoutedDeployment> {
  readonly deployments: readonly D[]
  /** Other names for model groups. A hidden one is not among the names that are told. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly hiddenAliases?: ReadonlySet<string>
  /** What a deployment whose name is a pattern is for one model. Called once for each name that is remembered. Default: the same. */
  readonly expand?: (deployment: D, model: string) => D
  /** Numbers in [0, 1); inject a seeded one for tests. Default `Math.random`. */
  readonly random?: () => number
  /** Who picks among the deployments that are open. Default `simple-shuffle`. */
  readonly strategy?: NamedStrategy
  /** Hears of a strategy that threw, or answered no index: the call was shared out by `simple-shuffle`. */
  readonly onStrategyError?: (error: unknown) => void
  /** Default: one of its own. */
  readonly state?: RoutingState
  /** Leaves out deployments whose context window the request does not fit, and those at their `rpm` or `tpm`. */
  readonly preCallChecks?: boolean
  /** The second of these alone. */
  readonly holdLimits?: boolean
  /** Default: tags do not matter. */
  readonly tagFiltering?: TagFiltering
}

/** A strategy, and what choices call it. */
export interface NamedStrategy {
  readonly name: string
  readonly strategy: Strategy
}

export interface Router<D extends RoutedDeployment> {
  /** The group that serves a name, or undefined. A team's own models come first, exact names win over patterns, longer patterns over shorter. */
  group(name: string, teamId?: string): ModelGroup<D> | undefined
  /** The deployment of this id by itself, asked also while it rests, in the words of a group; undefined: there is none for the team, or its name is a pattern. */
  single(id: string, teamId?: string): ModelGroup<D> | undefined
  /** The deployment of this id, whatever it is named; undefined: there is none for the team. */
  deployment(id: string, teamId?: string): D | undefined
  /** One of a group's deployments by itself, for calls that no other can answer. The same group for the same one. */
  bound(group: ModelGroup<D>, candidate: Candidate<D>, by: BoundBy): ModelGroup<D>
  /** Picks a deployment that is open to the call. Asking changes nothing: a call counts when {@link RoutingState.began} hears of it. */
  choose(group: ModelGroup<D>, ask: Ask): Choice<D>
  /** All names that callers may use, patterns as written, in the order of the configuration. */
  names(teamId?: string): readonly string[]
  readonly state: RoutingState
}

const nothing: readonly never[] = Object.freeze([])
const shuffle: NamedStrategy = { name: 'simple-shuffle', strategy: simpleShuffle }

/** Pure: no I/O, no timers. */
export function createRouter<D extends RoutedDeployment>(options: RouterOptions<D>): Router<D> {
  const { deployments, aliases = {}, hiddenAliases, expand = same, random = Math.random, preCallChecks = false, holdLimits = false } = options
  const { name: strategyName, strategy } = options.strategy ?? shuffle
  const state = options.state ?? createRoutingState({ clock: systemClock, cooldown: defaultCooldown })
  const { clock } = state
  const filters = new Filters({ contextWindow: preCallChecks, limits: preCallChecks || holdLimits || strategy.holdsLimits === true, tags: options.tagFiltering ?? { enabled: false, matchAny: true } })

  const form = (name: string, members: readonly D[], stars: readonly string[] | undefined): ModelGroup<D> => ({
    name,
    accessGroups: [...new Set(members.flatMap(({ accessGroups = [] }) => accessGroups))],
    candidates: members.map((deployment) => {
      const track = state.track(deployment.id)
      track.configure(deployment, members.length === 1, isPattern(deployment.model))
      return stars === undefined ? new Seat(deployment, deployment.model, track) : starred(deployment, fillStars(deployment.model, stars))
    }),
  })
  const starred = (deployment: D, model: string): Seat<D> => new Seat(expand(deployment, model), model, state.track(deployment.id))
  const names = createNames({ deployments, aliases, hiddenAliases, form })

  const bound = new WeakMap<Candidate<D>, ModelGroup<D>>()
  const byId = new Map(deployments.map((deployment) => [deployment.id, deployment]))

  // Lent to the strategy for the time of one choice.
  const open: Seat<D>[] = []
  const strategyAsk: { -readonly [K in keyof StrategyAsk]: StrategyAsk[K] } = { stream: false, at: 0 }

  const pick = (now: number, minute: number, stream: boolean): Seat<D> => {
    strategyAsk.stream = stream
    strategyAsk.at = now
    for (const seat of open) seat.minute = minute
    try {
      const picked = open[strategy.pick(open, strategyAsk, random)]
      if (picked) return picked
      options.onStrategyError?.(new RangeError(`The routing strategy ${strategyName} answered no index of a candidate.`))
    } catch (error) {
      options.onStrategyError?.(error)
    }
    return open[simpleShuffle.pick(open, strategyAsk, random)]!
  }

  const choose = (group: ModelGroup<D>, ask: Ask): Choice<D> => {
    const seats = group.candidates as readonly Seat<D>[]
    // The commonest case by far: one deployment, and nothing that could keep it from a call.
    if (seats.length === 1 && filters.isOpen(seats[0]!, ask)) return only(seats[0]!)
    const now = clock.monotonic()
    const wall = clock.now()
    const minute = Math.floor(wall / MINUTE_MS)
    let skipped: Skip[] | undefined
    let order = Number.POSITIVE_INFINITY
    let tiers = false
    open.length = 0
    filters.begin(seats, ask, now, minute, group.despiteRest === true)
    for (const seat of seats) {
      const reason = filters.refusal(seat)
      if (reason !== undefined) (skipped ??= []).push(seat.skip(reason))
      else {
        tiers ||= open.length > 0 && seat.order !== order
        order = Math.min(order, seat.order)
        open.push(seat)
      }
    }
    if (open.length === 0) return noneOpen(seats, skipped ?? nothing, now, MINUTE_MS - (wall % MINUTE_MS), filters)
    if (tiers) {
      let kept = 0
      for (const seat of open) {
        if (seat.order > order) (skipped ??= []).push(seat.skip('order'))
        else open[kept++] = seat
      }
      open.length = kept
    }
    if (open.length === 1 && skipped === undefined) return only(open[0]!)
    const by = open.length === 1 ? 'only' : ask.session !== undefined ? 'session' : strategyName
    const candidate = open.length === 1 ? open[0]! : ask.session !== undefined ? open[ownerOf(open, ask.session)]! : pick(now, minute, ask.stream)
    return { candidate, strategy: by, skipped: skipped ?? nothing }
  }

  const forTeam = (id: string, teamId: string | undefined): D | undefined => {
    const deployment = byId.get(id)
    return deployment?.teamId === undefined || deployment.teamId === teamId ? deployment : undefined
  }

  return {
    state,
    deployment: forTeam,
    bound({ name, accessGroups }, candidate, by) {
      let group = bound.get(candidate)
      if (!group) bound.set(candidate, (group = { name, accessGroups, candidates: [new Seat(candidate.deployment, candidate.model, state.track(candidate.deployment.id), by)] }))
      return group
    },
    group: (name, teamId) => names.group(name, teamId),
    single(id, teamId) {
      const deployment = forTeam(id, teamId)
      if (!deployment || isPattern(deployment.modelName)) return undefined
      return { name: deployment.modelName, accessGroups: deployment.accessGroups ?? nothing, candidates: [new Seat(deployment, deployment.model, state.track(id))], despiteRest: true }
    },
    names: (teamId) => names.list(teamId),
    choose(group, ask) {
      try {
        return choose(group, ask)
      } finally {
        filters.end()
      }
    },
  }
}

/** What keeps a deployment from a call, from what is never going to change for it to what passes soonest. */
const nearness: readonly SkipReason[] = ['closed', 'tried', 'region', 'tags', 'capabilities', 'context_window', 'over_limit', 'cooldown', 'probing']

/** @param nextMinute milliseconds until the limits of a minute begin anew */
function noneOpen<D extends RoutedDeployment>(seats: readonly Seat<D>[], skipped: readonly Skip[], now: number, nextMinute: number, filters: Filters): Choice<D> {
  let reason: SkipReason | undefined
  let wait = Number.POSITIVE_INFINITY
  // None is open, so there is one skip for each seat.
  for (let i = 0; i < skipped.length; i += 1) {
    const found = skipped[i]!.reason
    const seat = seats[i]!
    if (reason === undefined || nearness.indexOf(found) > nearness.indexOf(reason)) reason = found
    if (found === 'cooldown' || found === 'probing') wait = Math.min(wait, seat.track.circuit.wait(now))
    else if (found === 'over_limit' && filters.overMinute(seat)) wait = Math.min(wait, nextMinute)
  }
  return { candidate: undefined, strategy: 'none', skipped, ...(wait !== Number.POSITIVE_INFINITY && { retryAfterMs: Math.ceil(wait) }), ...(reason !== undefined && { reason }) }
}

/** The same object for each call: nothing was decided. */
function only<D extends RoutedDeployment>(seat: Seat<D>): Choice<D> {
  return (seat.only ??= { candidate: seat, strategy: seat.boundBy ?? 'only', skipped: nothing })
}

function same<D>(deployment: D): D {
  return deployment
}
