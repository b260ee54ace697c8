import type { Clock, Log } from '@tianjillm/core'
import { type Amount, Leases, type LimitRule, type LimitState, type LimitStore, type Reservation, type Reserved, type SoftCrossing } from '@tianjillm/limits'
import { type Answer, startsOf, stateOf, statesOf, unavailable } from './answers.ts'
import { budgetCounters, type Recounted } from './budget-counters.ts'
import { BudgetLoader } from './budget-loader.ts'
import type { RedisConnection } from './connection.ts'
import { endHold, heldInRedis, type Hold, partsOf, releases } from './holds.ts'
import { type LimitKeys, limitKeys } from './keys.ts'
import { Unreachable } from './link.ts'
import { LocalCounts, type Spent } from './local-counts.ts'
import { readScript } from './scripts/read.ts'
import { recountScript } from './scripts/recount.ts'
import { reserveScript } from './scripts/reserve.ts'
import { SharedCounts } from './shared-counts.ts'
import { isUnlimited, kindOf, reserveArguments, ruleSplitter, type SplitRules } from './split-rules.ts'

export interface RedisLimitStoreOptions {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Log
  /** What the ledger says was spent on a budget in a period, in nano-USD. Absent: Redis alone knows. */
  readonly spent?: Spent
  /** Resolves when every call that was settled before is in the ledger. */
  readonly flushed?: () => Promise<void>
  /** Calls with a hard budget while Redis is away: `closed` refuses them (default), `open` counts them in this process. */
  readonly whenUnavailable?: 'closed' | 'open'
  /** Milliseconds after which a reservation that nobody settled gives back what it held. Default 2 hours. */
  readonly leaseMs?: number
  /** Milliseconds without a sign of life after which a replica's calls in flight are over. Default 60,000. */
  readonly replicaLeaseMs?: number
  /** Milliseconds that Redis may take for an answer. Default 250. */
  readonly deadlineMs?: number
  /** Milliseconds that budgets stay closed after Redis lost its data. Longer than a settled call takes into the ledger. Default 2,000. */
  readonly graceMs?: number
  /** Most settlements that wait for a Redis that is away. Default 50,000. */
  readonly maxWaiting?: number
}

/** Counts in Redis, together with every other replica; see the README for what happens while Redis is away. */
export interface RedisLimitStore extends LimitStore {
  /** `shared`: counted together. `alone`: Redis is away, each process counts alone. */
  state(): 'shared' | 'alone'
  stats(): { readonly held: number; readonly expired: number; readonly waiting: number; readonly dropped: number; readonly skewMs: number }
  /** What was settled before this moment, on the clock that never jumps, is in Redis. `Infinity` when nothing waits. */
  settledUpTo(): number
  /** Resolves when limits are shared, or after this long; answers whether they are. */
  ready(withinMs: number): Promise<boolean>
  /**
   * Takes what owners have spent from the ledger again: calls came into it of which Redis may not know, because the process
   * that made them was killed. Their budgets are closed for the time of {@link RedisLimitStoreOptions.graceMs}. Rejects while Redis is away.
   */
  recount(owners: readonly Recounted[]): Promise<void>
  /** Delivers what is settled, within the signal's time, and leaves. The connection stays. */
  close(signal: AbortSignal): Promise<void>
}

const none: readonly SoftCrossing[] = Object.freeze([])
const LEASE_MS = 2 * 3_600_000
const LOAD_TRIES = 5
/** Counters that are forgotten in one step. */
const RECOUNTED = 500
/** Seconds to wait while budgets are taken from the ledger again. */
const GRACE_SECONDS = 2

export function createRedisLimitStore(options: RedisLimitStoreOptions): RedisLimitStore {
  return new SharedLimits(options)
}

class SharedLimits implements RedisLimitStore {
  readonly #options: RedisLimitStoreOptions
  readonly #keys: LimitKeys
  readonly #split: (rules: readonly LimitRule[]) => SplitRules
  readonly #shared: SharedCounts
  readonly #local: LocalCounts
  /** This replica's calls in flight. */
  readonly #leases: Leases<Hold>
  readonly #loader: BudgetLoader
  readonly #release = (hold: Hold): void => {
    const parts = releases(hold)
    if (parts.length > 0) void this.#shared.settlements.add(parts, true)
  }

  constructor(options: RedisLimitStoreOptions) {
    const { redis, clock, spent, leaseMs = LEASE_MS } = options
    this.#options = options
    this.#keys = limitKeys(redis.namespace)
    this.#leases = new Leases(clock, leaseMs)
    this.#local = new LocalCounts(clock, leaseMs, spent)
    this.#shared = new SharedCounts({ ...options, keys: this.#keys, held: () => heldInRedis(this.#leases.all(), spent !== undefined), onChange: () => this.#local.forgetAlone() })
    this.#loader = new BudgetLoader(this.#shared.link, this.#keys, spent)
    this.#split = ruleSplitter([this.#keys.live(this.#shared.replica), this.#keys.loads, this.#keys.grace], (id) => this.#keys.counter(id))
  }

  reserve(reservation: Reservation): Reserved | Promise<Reserved> {
    this.#checkNew(reservation.id)
    this.#expire()
    const split = this.#split(reservation.rules)
    if (split.shared.length === 0) return this.#reserveUnlimited(reservation, split)
    return this.#shared.usable ? this.#reserveShared(reservation, split) : this.#reserveAlone(reservation, split)
  }

  settle(id: string, actual: Amount): readonly SoftCrossing[] | Promise<readonly SoftCrossing[]> {
    const ended = endHold(this.#leases, id)
    if (!ended) return none
    // Soft budgets that are told by a store of this process are told by Redis, once for all.
    void ended.hold.local?.settle(id, actual)
    const parts = partsOf(ended, actual)
    return parts.length === 0 ? none : this.#shared.settlements.add(parts, ended.hold.inRedis)
  }

  async read(rules: readonly LimitRule[]): Promise<readonly LimitState[]> {
    this.#expire()
    const split = this.#split(rules)
    const [shared, unlimited] = await Promise.all([split.shared.length === 0 ? [] : this.#readShared(split), this.#local.readUnlimited(split.unlimited)])
    return inOrder(rules, shared, unlimited)
  }

  state(): 'shared' | 'alone' {
    return this.#shared.usable ? 'shared' : 'alone'
  }

  stats(): ReturnType<RedisLimitStore['stats']> {
    return { held: this.#leases.size, expired: this.#leases.expired, ...this.#shared.stats() }
  }

  settledUpTo(): number {
    return this.#shared.settlements.settledUpTo
  }

  ready(withinMs: number): Promise<boolean> {
    return this.#shared.ready(withinMs)
  }

  async recount(owners: readonly Recounted[]): Promise<void> {
    const { redis: { client }, graceMs = GRACE_SECONDS * 1000, spent } = this.#options
    if (!spent || owners.length === 0) return
    const counters = await budgetCounters(client, this.#keys, owners)
    for (let from = 0; from < counters.length; from += RECOUNTED) {
      await this.#shared.link.ask(recountScript, [this.#keys.loads, this.#keys.grace, ...counters.slice(from, from + RECOUNTED)], [graceMs])
    }
  }

  close(signal: AbortSignal): Promise<void> {
    return this.#shared.close(signal)
  }

  #checkNew(id: string): void {
    if (this.#leases.has(id)) throw new Error(`The reservation ${id} exists.`)
  }

  #expire(): void {
    this.#leases.expire(this.#release)
  }

  /** Counts these rules in a store of this process. @param starts of the shared rules, when those are counted in Redis already */
  #reserveHere({ id, estimate }: Reservation, split: SplitRules, rules: readonly LimitRule[], store: LimitStore, starts?: readonly number[]): Reserved | Promise<Reserved> {
    const take = (answer: Reserved): Reserved => {
      if (answer.ok) this.#hold(id, split, estimate, starts, store)
      return answer
    }
    if (rules.length === 0) return take({ ok: true, states: [] })
    const answer = store.reserve({ id, rules, estimate })
    return answer instanceof Promise ? answer.then(take) : take(answer)
  }

  #reserveUnlimited(reservation: Reservation, split: SplitRules): Reserved | Promise<Reserved> {
    const reserved = this.#reserveHere(reservation, split, split.unlimited, this.#local.unlimited)
    // The ledger that the spend for show comes from may be away: the call does not need it.
    return reserved instanceof Promise ? reserved.catch(() => ({ ok: true, states: [] })) : reserved
  }

  #hold(id: string, split: SplitRules, estimate: Amount, starts: readonly number[] | undefined, local?: LimitStore): void {
    const now = this.#options.clock.now()
    this.#leases.add(id, { split, estimate, inRedis: starts !== undefined, starts: starts ?? split.shared.map((rule) => rule.period(now).start), ...(local && { local }) })
  }

  /** While Redis is away. @throws `limits_unavailable` for a hard budget, unless it is to be counted here */
  #reserveAlone(reservation: Reservation, split: SplitRules): Reserved | Promise<Reserved> {
    if (split.hard && this.#options.whenUnavailable !== 'open') throw unavailable(split.hard)
    return this.#reserveHere(reservation, split, split.rules, this.#local.alone)
  }

  async #reserveShared(reservation: Reservation, split: SplitRules): Promise<Reserved> {
    for (let tries = 0; ; tries += 1) {
      const now = this.#options.clock.now()
      const answer = await this.#ask(split, reservation.estimate, now)
      if (!answer) return this.#reserveAlone(reservation, split)
      switch (answer[0]) {
        case 'ok': return this.#granted(reservation, split, answer, now)
        case 'no': return { ok: false, refused: stateOf(split.shared[(answer[1] as number) - 1]!, answer[2] as number, answer[3] as number, answer[4] as number, now) }
        case 'lost':
          this.#shared.rejoin()
          return this.#reserveAlone(reservation, split)
        default:
          if (answer[0] !== 'unknown' || tries === LOAD_TRIES) throw unavailable(split.hard ?? split.shared[0]!, GRACE_SECONDS)
          await this.#loader.load(split.shared, answer, now)
      }
    }
  }

  /** One round trip; undefined when Redis did not answer in time. */
  async #ask(split: SplitRules, estimate: Amount, now: number): Promise<Answer | undefined> {
    const { link, membership: { generation }, settlements, replica } = this.#shared
    settlements.flush()
    const first = [replica, generation, now, this.#options.spent ? 1 : 0, this.#keys.prefix]
    const late = (reply: unknown): void => {
      // Nobody waits for it any more: what it holds goes back. What a break left behind ends with its generation.
      if ((reply as Answer)[0] !== 'ok' || generation !== this.#shared.membership.generation) return
      const parts = releases({ split, inRedis: true, starts: startsOf(reply as Answer, split.shared.length), estimate })
      if (parts.length > 0) void settlements.add(parts, true)
    }
    return link.ask(reserveScript, split.keys, reserveArguments(first, split.shared, estimate, now), late).catch(orUnreachable) as Promise<Answer | undefined>
  }

  #granted(reservation: Reservation, split: SplitRules, answer: Answer, now: number): Reserved | Promise<Reserved> {
    const { id, estimate } = reservation
    const starts = startsOf(answer, split.shared.length)
    const shared = statesOf(answer, split.shared, now)
    // The budget period that other replicas are in already is the call's, too.
    const at = split.shared.reduce((latest, { counted }, i) => (counted === 'budget' ? Math.max(latest, starts[i]!) : latest), now)
    const alone = (): Reserved => {
      this.#hold(id, split, estimate, starts)
      return { ok: true, at, states: shared }
    }
    if (split.unlimited.length === 0) return alone()
    const merge = (local: Reserved): Reserved => (local.ok ? { ok: true, at, states: inOrder(split.rules, shared, local.states) } : local)
    const local = this.#reserveHere(reservation, split, split.unlimited, this.#local.unlimited, starts)
    if (!(local instanceof Promise)) return merge(local)
    // The ledger that the spend for show comes from may be away: the call does not need it.
    return local.then(merge, alone)
  }

  async #readShared(split: SplitRules): Promise<readonly LimitState[]> {
    const { link, settlements } = this.#shared
    for (let tries = 0; tries <= LOAD_TRIES && this.#shared.usable; tries += 1) {
      const now = this.#options.clock.now()
      settlements.flush()
      const args = split.shared.flatMap((rule) => [kindOf(rule), rule.period(now).start])
      const asked = link.ask(readScript, [this.#keys.loads, ...split.counters], [now, this.#options.spent ? 1 : 0, this.#keys.prefix, ...args])
      const answer = await asked.catch(orUnreachable) as Answer | undefined
      if (!answer) break
      if (answer[0] === 'ok') return statesOf(answer, split.shared, now)
      await this.#loader.load(split.shared, answer, now)
    }
    return this.#local.readAlone(split.shared)
  }
}

/** States of the two kinds of rules, which each keep their order, in the order of all. */
function inOrder(rules: readonly LimitRule[], shared: readonly LimitState[], unlimited: readonly LimitState[]): LimitState[] {
  let [a, b] = [0, 0]
  return rules.map((rule) => (isUnlimited(rule) ? unlimited[a++]! : shared[b++]!))
}

function orUnreachable(error: unknown): undefined {
  if (!(error instanceof Unreachable)) throw error
}
