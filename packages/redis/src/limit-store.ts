import { type Clock, GatewayError, type Log } from '@tianjillm/core'
import { type Amount, createMemoryLimitStore, type LimitRule, type LimitState, type LimitStore, limitAt, type Period, type Reservation, type Reserved, share, type SoftCrossing } from '@tianjillm/limits'
import type { RedisConnection } from './connection.ts'
import { type LimitKeys, limitKeys } from './keys.ts'
import { Link, Unreachable } from './link.ts'
import { Membership, type Held } from './membership.ts'
import { loadScript, readScript } from './scripts/read.ts'
import { reserveScript } from './scripts/reserve.ts'
import { settleScript } from './scripts/settle.ts'
import { type Batch, type Part, settleArguments, Settlements } from './settlements.ts'
import { isUnlimited, kindOf, reserveArguments, ruleSplitter, type SplitRules, whole } from './split-rules.ts'

export interface RedisLimitStoreOptions {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Log
  /** What the ledger says was spent on a budget in a period, in nano-USD. Absent: Redis alone knows. */
  readonly spent?: (rule: LimitRule, period: Period) => number | Promise<number>
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
  /** `shared`: counted together. `local`: Redis is away, each process counts alone. */
  state(): 'shared' | 'local'
  stats(): { readonly held: number; readonly expired: number; readonly waiting: number; readonly dropped: number; readonly skewMs: number }
  /** Resolves when limits are shared, or after this long; answers whether they are. */
  ready(withinMs: number): Promise<boolean>
  /** Delivers what is settled, within the signal's time, and leaves. The connection stays. */
  close(signal: AbortSignal): Promise<void>
}

interface Hold {
  readonly split: SplitRules
  /** Whether the shared rules were counted in Redis, and not in this process. */
  readonly inRedis: boolean
  /** Start of each shared rule's period. */
  readonly starts: readonly number[]
  readonly estimate: Amount
  readonly leaseEnd: number
  /** Stores of this process that count a part of it. */
  readonly local: readonly LimitStore[]
}

type Answer = readonly (string | number)[]

const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })
const none: readonly SoftCrossing[] = Object.freeze([])
const LATE = 10_000
const LOAD_TRIES = 5
/** Milliseconds after which a settled call is in the ledger, as far as anybody waits for it. */
const LEDGER_LAG_MS = 1500

export function createRedisLimitStore(options: RedisLimitStoreOptions): RedisLimitStore {
  return new SharedLimits(options)
}

class SharedLimits implements RedisLimitStore {
  readonly #options: RedisLimitStoreOptions
  readonly #replica = crypto.randomUUID()
  readonly #keys: LimitKeys
  readonly #split: (rules: readonly LimitRule[]) => SplitRules
  readonly #link: Link
  readonly #membership: Membership
  readonly #settlements: Settlements
  /** Spend of owners without a budget, for show. */
  readonly #unlimited: LimitStore
  /** Counts while Redis is away; a new one each time. */
  #alone: LimitStore | undefined
  readonly #holds = new Map<string, Hold>()
  readonly #late = new Map<string, Hold>()
  readonly #loading = new Map<string, Promise<void>>()
  readonly #waiting = new Set<() => void>()
  #told: 'shared' | 'local' | undefined
  #expired = 0
  #dropped = 0
  #closed = false

  constructor(options: RedisLimitStoreOptions) {
    this.#options = options
    const { redis, clock, log, deadlineMs = 250, replicaLeaseMs = 60_000, graceMs = 2000, maxWaiting = 50_000, flushed = () => Promise.resolve() } = options
    this.#keys = limitKeys(redis.namespace)
    this.#split = ruleSplitter([this.#keys.live(this.#replica), this.#keys.loads, this.#keys.grace], (id) => this.#keys.counter(id))
    this.#unlimited = this.#memory()
    this.#settlements = new Settlements({
      clock, most: maxWaiting, flushed,
      send: (batch) => this.#send(batch),
      dropped: (total) => {
        if (total % 10_000 === 1) log.error({ dropped: total }, 'too many settlements wait for Redis: the oldest are given up. The ledger has them; the shared budgets count too little until their period ends')
        this.#dropped = total
      },
    })
    this.#link = new Link({
      client: redis.client, clock, deadlineMs,
      onReady: () => void this.#membership.join(),
      onChange: (answers) => {
        if (answers === undefined) this.#leave()
        this.#tell()
      },
    })
    this.#membership = new Membership({
      link: this.#link, keys: this.#keys, clock, log, replica: this.#replica, replicaLeaseMs, graceMs,
      lastBatch: () => this.#settlements.last,
      holds: () => {
        this.#settlements.forgetHolds()
        return this.#held()
      },
      onJoined: ({ lastBatch, crossings, forgot }) => {
        // Budgets are asked of the ledger as soon as the grace is over: what this process settled must be in it.
        if (forgot) flushed().catch((error: unknown) => log.warn({ err: error }, 'the ledger was not flushed after Redis lost its data'))
        this.#settlements.resume(lastBatch, crossings)
        this.#tell()
      },
    })
    if (this.#link.answers) void this.#membership.join()
  }

  reserve(reservation: Reservation): Reserved | Promise<Reserved> {
    const { id, rules } = reservation
    if (this.#holds.has(id)) throw new Error(`The reservation ${id} exists.`)
    this.#expire()
    const split = this.#split(rules)
    if (split.shared.length === 0) return this.#reserveHere(reservation, split, this.#unlimited, undefined)
    if (!this.#usable) return this.#reserveAlone(reservation, split)
    return this.#reserveShared(reservation, split)
  }

  settle(id: string, actual: Amount): readonly SoftCrossing[] | Promise<readonly SoftCrossing[]> {
    const held = this.#holds.get(id)
    const hold = held ?? this.#late.get(id)
    if (!hold) return none
    ;(held ? this.#holds : this.#late).delete(id)
    for (const store of hold.local) void store.settle(id, actual)
    const parts = this.#parts(hold, actual, held !== undefined)
    return parts.length === 0 ? none : this.#settlements.add(parts, hold.inRedis)
  }

  async read(rules: readonly LimitRule[]): Promise<readonly LimitState[]> {
    this.#expire()
    const { clock, spent } = this.#options
    const split = this.#split(rules)
    const found = new Map<LimitRule, LimitState>()
    const [shared, unlimited] = await Promise.all([
      split.shared.length === 0 ? [] : this.#readShared(split),
      spent ? Promise.all(split.unlimited.map((rule) => this.#readLedger(rule, spent))) : this.#unlimited.read(split.unlimited),
    ])
    for (const state of [...shared, ...unlimited]) found.set(state.rule, state)
    return rules.map((rule) => found.get(rule) ?? stateOf(rule, rule.period(clock.now()).start, 0, 0, clock.now()))
  }

  state(): 'shared' | 'local' {
    return this.#usable ? 'shared' : 'local'
  }

  stats(): ReturnType<RedisLimitStore['stats']> {
    return { held: this.#holds.size, expired: this.#expired, waiting: this.#settlements.pending, dropped: this.#dropped, skewMs: this.#membership.skewMs }
  }

  ready(withinMs: number): Promise<boolean> {
    if (this.#usable) return Promise.resolve(true)
    return new Promise((resolve) => {
      const done = (): void => {
        timer.cancel()
        this.#waiting.delete(done)
        resolve(this.#usable)
      }
      const timer = this.#options.clock.after(withinMs, done)
      this.#waiting.add(done)
    })
  }

  async close(signal: AbortSignal): Promise<void> {
    this.#closed = true
    this.#settlements.flush()
    // Settled in its turn: when this is answered, what was sent before is done.
    while (this.#settlements.pending > 0 && this.#usable && !signal.aborted) await this.#membership.beat().catch(() => undefined)
    if (this.#settlements.pending > 0) this.#options.log.warn({ settlements: this.#settlements.pending }, 'settlements did not reach Redis before the end; the ledger has them')
    this.#membership.close()
    this.#link.close()
    await this.#options.redis.client.del(this.#keys.live(this.#replica)).catch(() => undefined)
  }

  get #usable(): boolean {
    return this.#membership.joined && this.#link.answers
  }

  #memory(): LimitStore {
    const { clock, spent, leaseMs } = this.#options
    return createMemoryLimitStore({ clock, ...(spent && { spent }), ...(leaseMs !== undefined && { leaseMs }) })
  }

  #leave(): void {
    this.#membership.leave()
    this.#settlements.pause()
  }

  /** Logs a change of state, once. */
  #tell(): void {
    const state = this.state()
    if (state === 'shared') for (const done of [...this.#waiting]) done()
    if (this.#closed || state === this.#told || (this.#told === undefined && state === 'local')) return
    this.#told = state
    if (state === 'shared') {
      this.#alone = undefined
      this.#options.log.info({}, 'limits are shared through Redis')
    } else {
      const budgets = this.#options.whenUnavailable === 'open' ? 'budgets and rates are counted in this process' : 'calls with a hard budget are refused, rates are counted in this process'
      this.#options.log.warn({}, `Redis does not answer: until it does, ${budgets}`)
    }
  }

  /** Counts in a store of this process. @param starts of the shared rules, when those are counted in Redis already */
  #reserveHere({ id, estimate }: Reservation, split: SplitRules, store: LimitStore, starts: readonly number[] | undefined): Reserved | Promise<Reserved> {
    const rules = starts || split.shared.length === 0 ? split.unlimited : split.rules
    const take = (answer: Reserved): Reserved => {
      if (answer.ok) this.#hold(id, split, starts, estimate, [store])
      return answer
    }
    if (rules.length === 0) return take({ ok: true, states: [] })
    const answer = store.reserve({ id, rules, estimate })
    return answer instanceof Promise ? answer.then(take) : take(answer)
  }

  #reserveAlone(reservation: Reservation, split: SplitRules): Reserved | Promise<Reserved> {
    if (split.hard && this.#options.whenUnavailable !== 'open') throw unavailable(split.hard)
    this.#alone ??= this.#memory()
    return this.#reserveHere(reservation, split, this.#alone, undefined)
  }

  async #reserveShared(reservation: Reservation, split: SplitRules): Promise<Reserved> {
    const { id, estimate } = reservation
    for (let tries = 0; ; tries += 1) {
      const now = this.#options.clock.now()
      let answer: Answer
      try {
        answer = await this.#ask(split, estimate, now)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        return this.#reserveAlone(reservation, split)
      }
      const [word] = answer
      if (word === 'ok') return this.#granted(reservation, split, answer, now)
      if (word === 'no') {
        const rule = split.shared[(answer[1] as number) - 1]!
        return { ok: false, refused: stateOf(rule, answer[2] as number, answer[3] as number, answer[4] as number, now) }
      }
      if (word === 'unknown' && tries < LOAD_TRIES) await this.#load(split.shared, answer, now)
      else if (word === 'lost') {
        if (this.#membership.joined) void this.#rejoin()
        return this.#reserveAlone(reservation, split)
      } else if (this.#holds.has(id)) throw new Error(`The reservation ${id} exists.`)
      else throw unavailable(split.hard ?? split.shared[0]!, 2)
    }
  }

  #ask(split: SplitRules, estimate: Amount, now: number): Promise<Answer> {
    const { generation } = this.#membership
    this.#settlements.flush()
    const first = [this.#replica, generation, now, this.#options.spent ? 1 : 0, this.#keys.prefix]
    return this.#link.ask(reserveScript, split.keys, reserveArguments(first, split.shared, estimate, now), (reply) => {
      // Nobody waits for it any more: what it holds goes back. What a break left behind ends with its generation.
      const answer = reply as Answer
      if (answer[0] !== 'ok' || generation !== this.#membership.generation) return
      const hold: Hold = { split, inRedis: true, starts: startsOf(answer, split.shared.length), estimate, leaseEnd: 0, local: [] }
      const parts = this.#releases(hold)
      if (parts.length > 0) void this.#settlements.add(parts, true)
    }) as Promise<Answer>
  }

  #granted(reservation: Reservation, split: SplitRules, answer: Answer, now: number): Reserved | Promise<Reserved> {
    const { id, estimate } = reservation
    const starts = startsOf(answer, split.shared.length)
    let at = now
    const shared = split.shared.map((rule, i) => {
      // The period that other replicas are in already is the call's, too.
      if (rule.counted === 'budget' && starts[i]! > at) at = starts[i]!
      return stateOf(rule, starts[i]!, answer[2 + i * 3] as number, answer[3 + i * 3] as number, now)
    })
    if (split.unlimited.length === 0) {
      this.#hold(id, split, starts, estimate, [])
      return { ok: true, states: shared, at }
    }
    const merge = (local: Reserved): Reserved => {
      if (!local.ok) return local
      let [a, b] = [0, 0]
      return { ok: true, at, states: split.rules.map((rule) => (isUnlimited(rule) ? local.states[a++]! : shared[b++]!)) }
    }
    const local = this.#reserveHere(reservation, split, this.#unlimited, starts)
    if (!(local instanceof Promise)) return merge(local)
    return local.then(merge, (error: unknown) => {
      // The ledger that the spend for show comes from does not answer: the call does not need it.
      this.#options.log.debug({ err: error }, 'spend of an owner without a budget could not be read')
      this.#hold(id, split, starts, estimate, [])
      return { ok: true, states: shared, at }
    })
  }

  #hold(id: string, split: SplitRules, starts: readonly number[] | undefined, estimate: Amount, local: readonly LimitStore[]): void {
    const { clock, leaseMs = 2 * 3_600_000 } = this.#options
    const begun = starts ?? split.shared.map((rule) => rule.period(clock.now()).start)
    this.#holds.set(id, { split, inRedis: starts !== undefined, starts: begun, estimate, local, leaseEnd: clock.monotonic() + leaseMs })
  }

  /** What a settlement does in Redis. Calls that were counted in this process bring their cost, once Redis is back. */
  #parts({ split, inRedis, starts, estimate }: Hold, actual: Amount, held: boolean): Part[] {
    const parts: Part[] = []
    for (let i = 0; i < split.shared.length; i += 1) {
      const rule = split.shared[i]!
      const key = split.keys[i + 3]!
      const kind = kindOf(rule)
      if (kind === 'b') {
        const release = inRedis && held ? whole(estimate.nanoUsd) : 0
        const amount = whole(actual.nanoUsd)
        if (amount > 0 || release > 0) parts.push({ kind, key, rule, amount, release, reserved: starts[i]!, estimate: 0 })
      } else if (!inRedis) continue
      else if (kind === 'p') {
        if (held) parts.push({ kind, key, rule, amount: 0, release: 1, reserved: 0, estimate: 0 })
      } else if (rule.counted !== 'requests') {
        const [reserved, used] = [whole(share(rule, estimate)), whole(share(rule, actual))]
        if (reserved !== used) parts.push({ kind: 't', key, rule, amount: used, release: 0, reserved: starts[i]!, estimate: reserved })
      }
    }
    return parts
  }

  /** Gives back what a call holds, and leaves everything else. */
  #releases(hold: Hold): Part[] {
    return this.#parts(hold, nothing, true).filter(({ release }) => release > 0)
  }

  #expire(): void {
    const now = this.#options.clock.monotonic()
    for (const [id, hold] of this.#holds) {
      if (hold.leaseEnd > now) return
      this.#holds.delete(id)
      this.#expired += 1
      const parts = hold.inRedis ? this.#releases(hold) : []
      if (parts.length > 0) void this.#settlements.add(parts, true)
      if (this.#late.size >= LATE) this.#late.delete(this.#late.keys().next().value!)
      this.#late.set(id, hold)
    }
  }

  /** What this replica holds in Redis, by counter. */
  #held(): Held[] {
    const sums = new Map<string, { key: string; amount: number; kind: Held['kind'] }>()
    for (const { split, inRedis, estimate } of this.#holds.values()) {
      if (!inRedis) continue
      split.shared.forEach((rule, i) => {
        const kind = kindOf(rule)
        const amount = kind === 'b' ? whole(estimate.nanoUsd) : kind === 'p' ? 1 : 0
        if (kind === 'r' || amount === 0) return
        const key = split.keys[i + 3]!
        const sum = sums.get(key) ?? { key, amount: 0, kind: kind === 'p' ? 'p' as const : this.#options.spent ? 'b' as const : '-' as const }
        sum.amount += amount
        sums.set(key, sum)
      })
    }
    return [...sums.values()]
  }

  #send(batch: Batch): void {
    const { clock, spent } = this.#options
    const { keys, args } = settleArguments(batch, clock.now(), clock.monotonic())
    const take = (reply: unknown): void => {
      const [word, crossed, unloaded] = reply as [string, number[], number[]]
      if (word === 'ok') this.#settlements.taken(batch, crossed, unloaded)
      else if (this.#membership.joined) void this.#rejoin()
    }
    const first = [this.#replica, this.#membership.generation, batch.number, clock.now(), spent ? 1 : 0, LEDGER_LAG_MS]
    this.#link.ask(settleScript, [this.#keys.live(this.#replica), this.#keys.record(this.#replica), this.#keys.loads, ...keys], [...first, ...args], take).then(take, (error: unknown) => {
      if (error instanceof Unreachable) return
      this.#options.log.error({ err: error }, 'Redis refused a settlement; it is sent again')
      if (this.#membership.joined) this.#options.clock.after(1000, () => void this.#rejoin())
    })
  }

  async #rejoin(): Promise<void> {
    this.#leave()
    this.#tell()
    await this.#membership.join()
  }

  async #readShared(split: SplitRules): Promise<readonly LimitState[]> {
    for (let tries = 0; tries <= LOAD_TRIES && this.#usable; tries += 1) {
      const now = this.#options.clock.now()
      this.#settlements.flush()
      const args = split.shared.flatMap((rule) => [kindOf(rule), rule.period(now).start])
      const asked = this.#link.ask(readScript, [this.#keys.loads, ...split.keys.slice(3)], [now, this.#options.spent ? 1 : 0, this.#keys.prefix, ...args])
      const answer = await asked.catch(orUnreachable) as Answer | undefined
      if (!answer) break
      if (answer[0] === 'ok') return split.shared.map((rule, i) => stateOf(rule, answer[1 + i * 3] as number, answer[2 + i * 3] as number, answer[3 + i * 3] as number, now))
      await this.#load(split.shared, answer, now)
    }
    return this.#readAlone(split.shared)
  }

  /** While Redis is away: budgets as the ledger has them, everything else as this process counts it. */
  async #readAlone(rules: readonly LimitRule[]): Promise<readonly LimitState[]> {
    const { spent } = this.#options
    this.#alone ??= this.#memory()
    const here = await this.#alone.read(rules)
    return Promise.all(here.map((state) => (spent && state.rule.counted === 'budget' ? this.#readLedger(state.rule, spent) : state)))
  }

  async #readLedger(rule: LimitRule, spent: NonNullable<RedisLimitStoreOptions['spent']>): Promise<LimitState> {
    const now = this.#options.clock.now()
    const period = rule.period(now)
    return stateOf(rule, period.start, await spent(rule, period), 0, now)
  }

  /** Sets what the ledger says of budgets that Redis does not know; once for calls that wait together. */
  async #load(rules: readonly LimitRule[], [, loads, ...positions]: Answer, now: number): Promise<void> {
    await Promise.all(positions.map((position) => {
      const rule = rules[(position as number) - 1]!
      const running = this.#loading.get(rule.id)
      if (running) return running
      const promise = this.#loadOne(rule, String(loads), now).finally(() => this.#loading.delete(rule.id))
      this.#loading.set(rule.id, promise)
      return promise
    }))
  }

  async #loadOne(rule: LimitRule, loads: string, now: number): Promise<void> {
    const period = rule.period(now)
    const before = await this.#options.spent!(rule, period)
    await this.#link.ask(loadScript, [this.#keys.loads, this.#keys.counter(rule.id)], [loads, period.start, whole(before)]).catch((error: unknown) => {
      throw error instanceof Unreachable ? unavailable(rule) : error
    })
  }
}

function orUnreachable(error: unknown): undefined {
  if (!(error instanceof Unreachable)) throw error
}

function startsOf(answer: Answer, count: number): number[] {
  const starts: number[] = []
  for (let i = 0; i < count; i += 1) starts.push(answer[1 + i * 3] as number)
  return starts
}

function stateOf(rule: LimitRule, start: number, value: number, held: number, now: number): LimitState {
  const limit = limitAt(rule, now)
  if (rule.counted === 'parallel') return { rule, limit, used: held, held: 0, resetsAt: Number.POSITIVE_INFINITY }
  return { rule, limit, used: value, held: rule.counted === 'budget' ? held : 0, resetsAt: rule.period(start).end }
}

function unavailable({ scope, name }: LimitRule, retryAfter = 1): GatewayError {
  return new GatewayError('limits_unavailable', `The budget of ${scope.replace('_', ' ')} ${JSON.stringify(name)} cannot be checked at the moment: what the replicas of this gateway spent together is out of reach. Retry shortly.`, { retryAfter })
}
