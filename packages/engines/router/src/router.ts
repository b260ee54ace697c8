import { type Strategy, type StrategyAsk, systemClock } from '@tianjillm/core'
import type { Ask, Choice, Skip, SkipReason } from './choice.ts'
import type { Candidate, ModelGroup, RoutedDeployment } from './deployment.ts'
import { refusal } from './filters.ts'
import { createNames } from './names.ts'
import { isPattern } from './pattern.ts'
import { Seat } from './seat.ts'
import { defaultCooldown } from './state/cooldown-policy.ts'
import { createRoutingState, type RoutingState } from './state/routing-state.ts'
import { simpleShuffle } from './strategies/simple-shuffle.ts'

export interface RouterOptions<D extends RoutedDeployment> {
  readonly deployments: readonly D[]
  /** Other names for model groups. */
  readonly aliases?: Readonly<Record<string, string>>
  /** What a deployment whose name is a pattern is for one model. Called once for each name that is remembered. Default: the same. */
  readonly expand?: (deployment: D, model: string) => D
  /** Numbers in [0, 1); inject a seeded one for tests. Default `Math.random`. */
  readonly random?: () => number
  /** Who picks among the deployments that are open. Default `simple-shuffle`. */
  readonly strategy?: { readonly name: string; readonly strategy: Strategy }
  /** Default: one of its own. */
  readonly state?: RoutingState
  /** Leaves out deployments that are over their own limits, or whose context window the request does not fit. */
  readonly preCallChecks?: boolean
  readonly tagFiltering?: { readonly enabled: boolean; readonly matchAny: boolean }
}

export interface Router<D extends RoutedDeployment> {
  /** The group that serves a name, or undefined. A team's own models come first, exact names win over patterns, longer patterns over shorter. */
  group(name: string, teamId?: string): ModelGroup<D> | undefined
  /** Picks a deployment that is open to the call. */
  choose(group: ModelGroup<D>, ask: Ask): Choice<D>
  /** All names that callers may use, patterns as written, in the order of the configuration. */
  names(teamId?: string): readonly string[]
  readonly state: RoutingState
}

const nothing: readonly never[] = Object.freeze([])

/** Pure: no I/O, no timers. */
export function createRouter<D extends RoutedDeployment>(options: RouterOptions<D>): Router<D> {
  const { deployments, aliases = {}, expand = same, random = Math.random, preCallChecks = false } = options
  const { name: strategyName, strategy } = options.strategy ?? { name: 'simple-shuffle', strategy: simpleShuffle }
  const state = options.state ?? createRoutingState({ clock: systemClock, cooldown: defaultCooldown })
  const { clock } = state

  const form = (name: string, members: readonly D[], star: string | undefined): ModelGroup<D> => ({
    name,
    accessGroups: [...new Set(members.flatMap(({ accessGroups = [] }) => accessGroups))],
    candidates: members.map((deployment) => {
      const track = state.track(deployment.id)
      track.configure(deployment, members.length === 1, isPattern(deployment.model))
      const model = star === undefined ? deployment.model : deployment.model.replace('*', () => star)
      return new Seat(star === undefined ? deployment : expand(deployment, model), model, track)
    }),
  })
  const names = createNames({ deployments, aliases, form })
  // Lent to the strategy for the time of one choice.
  const open: Seat<D>[] = []
  const strategyAsk: { -readonly [K in keyof StrategyAsk]: StrategyAsk[K] } = { stream: false, at: 0 }

  const pick = (now: number, minute: number, stream: boolean): Candidate<D> => {
    strategyAsk.stream = stream
    strategyAsk.at = now
    for (const seat of open) seat.minute = minute
    const at = strategy.pick(open, strategyAsk, random)
    return open[at] ?? open[0]!
  }

  return {
    state,
    group: (name, teamId) => names.group(name, teamId),
    names: (teamId) => names.list(teamId),
    choose(group, ask) {
      const seats = group.candidates as readonly Seat<D>[]
      const now = clock.monotonic()
      const minute = Math.floor(clock.now() / 60_000)
      const input = preCallChecks ? (ask.inputTokens?.() ?? 0) : -1
      let skipped: Skip[] | undefined
      let order = Number.POSITIVE_INFINITY
      open.length = 0
      for (const seat of seats) {
        const reason = refusal(seat, ask, now, minute, input)
        if (reason !== undefined) (skipped ??= []).push(seat.skip(reason))
        else {
          open.push(seat)
          if (seat.order < order) order = seat.order
        }
      }
      if (open.length === 0) return noneOpen(seats, skipped ?? nothing, now)
      if (open.some((seat) => seat.order > order)) {
        let kept = 0
        for (const seat of open) {
          if (seat.order > order) (skipped ??= []).push(seat.skip('order'))
          else open[kept++] = seat
        }
        open.length = kept
      }
      const only = open.length === 1
      const candidate = only ? open[0]! : (pick(now, minute, ask.stream) as Seat<D>)
      candidate.track.circuit.claim(now)
      return { candidate, strategy: only ? 'only' : strategyName, skipped: skipped ?? nothing }
    },
  }
}

/** From what says least about when to come again to what says most. */
const nearness: readonly SkipReason[] = ['closed', 'tried', 'region', 'tags', 'capabilities', 'context_window', 'over_limit', 'cooldown', 'probing']

function noneOpen<D extends RoutedDeployment>(seats: readonly Seat<D>[], skipped: readonly Skip[], now: number): Choice<D> {
  let reason: SkipReason | undefined
  let retryAfterMs: number | undefined
  for (let i = 0; i < skipped.length; i += 1) {
    const found = skipped[i]!.reason
    if (reason === undefined || nearness.indexOf(found) > nearness.indexOf(reason)) reason = found
    if (found === 'cooldown' || found === 'probing') retryAfterMs = Math.min(retryAfterMs ?? Number.POSITIVE_INFINITY, seats[i]!.track.circuit.wait(now))
  }
  return { candidate: undefined, strategy: 'none', skipped, ...(retryAfterMs !== undefined && { retryAfterMs }), ...(reason !== undefined && { reason }) }
}

function same<D>(deployment: D): D {
  return deployment
}
