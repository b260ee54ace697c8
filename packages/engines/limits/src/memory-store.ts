import type { Clock } from '@tianjillm/core'
import { Counter, share, Standing } from './counter.ts'
import { Leases } from './leases.ts'
import type { LimitRule } from './rule.ts'
import type { Period } from './period.ts'
import type { Amount, LimitState, LimitStore, Reservation, Reserved, SoftCrossing } from './store.ts'

export interface MemoryLimitStoreOptions {
  readonly clock: Clock
  /** Milliseconds after which a reservation that nobody settled gives back what it held. Longer than any call. Default 2 hours. */
  readonly leaseMs?: number
  /** What was spent before on a budget in a period, in nano-USD, from where it is kept. Asked once for each budget, when it is first used. */
  readonly spent?: (rule: LimitRule, period: Period) => number | Promise<number>
}

/** Counts in this process. Exact: everything between two requests happens without waiting. */
export interface MemoryLimitStore extends LimitStore {
  stats(): { readonly held: number; readonly expired: number; readonly counters: number }
}

/** The counters of a set of rules. A caller's set stays the same from call to call, so they are looked up once. */
interface CounterSet {
  readonly rules: readonly LimitRule[]
  readonly counters: readonly Counter[]
  readonly states: readonly LimitState[]
  /** Where the counters' periods began when they were last looked at. */
  starts: readonly number[]
  /** Good until counters are dropped. */
  readonly drops: number
}

interface Hold {
  readonly set: CounterSet
  readonly starts: readonly number[]
  readonly estimate: Amount
}

/** Counters at which idle ones are looked for. */
const CROWDED = 50_000
const none: readonly never[] = Object.freeze([])

export function createMemoryLimitStore({ clock, leaseMs = 2 * 3_600_000, spent }: MemoryLimitStoreOptions): MemoryLimitStore {
  const counters = new Map<string, Counter>()
  const loading = new Map<string, Promise<void>>()
  const leases = new Leases<Hold>(clock, leaseMs)
  const sets = new WeakMap<readonly LimitRule[], CounterSet>()
  let sweepAt = CROWDED
  let drops = 0

  const release = ({ set: { rules, counters: held }, estimate }: Hold): void => {
    for (let i = 0; i < rules.length; i += 1) {
      if (rules[i]!.counted === 'budget') held[i]!.held -= estimate.nanoUsd
      else if (rules[i]!.counted === 'parallel') held[i]!.value -= 1
    }
  }

  /** Drops counts that mean nothing any more, so that rare owners do not fill the memory. Spend is never dropped. */
  const sweep = (now: number): void => {
    const inUse = new Set<Counter>()
    for (const { set } of leases.all()) for (const counter of set.counters) inUse.add(counter)
    for (const [id, counter] of counters) if (!id.includes(':budget:') && now >= counter.end && !inUse.has(counter)) counters.delete(id)
    sweepAt = Math.max(CROWDED, counters.size * 2)
    drops += 1
  }

  /** The counter of a rule; a promise while its stored spend is read. */
  const counterOf = (rule: LimitRule, now: number): Counter | Promise<void> => {
    const known = counters.get(rule.id)
    if (known) {
      // Its period is now's, so that it is not dropped as idle when another of the set is added.
      known.turn(rule, now)
      return known
    }
    if (rule.counted !== 'budget') return add(rule, now, 0)
    if (!spent) return add(rule, now, rule.reset && rule.reset.at >= rule.period(now).start ? rule.reset.to : 0)
    const running = loading.get(rule.id)
    if (running) return running
    const before = spent(rule, rule.period(now))
    if (typeof before === 'number') return add(rule, now, before)
    const promise = before.then((value) => void add(rule, now, value)).finally(() => loading.delete(rule.id))
    loading.set(rule.id, promise)
    return promise
  }

  const add = (rule: LimitRule, now: number, value: number): Counter => {
    if (counters.size >= sweepAt) sweep(now)
    const counter = new Counter(rule, now, value)
    counters.set(rule.id, counter)
    return counter
  }

  /** The counters of rules, or what to wait for first. */
  const setOf = (rules: readonly LimitRule[], now: number): CounterSet | Promise<unknown> => {
    const known = sets.get(rules)
    if (known !== undefined && known.drops === drops) return known
    const found = rules.map((rule) => counterOf(rule, now))
    const waits = found.filter((one) => one instanceof Promise)
    if (waits.length > 0) return Promise.all(waits)
    const all = found as Counter[]
    const set: CounterSet = { rules, counters: all, states: rules.map((rule, i) => new Standing(rule, all[i]!, clock)), starts: none, drops }
    sets.set(rules, set)
    return set
  }

  const reserve = (reservation: Reservation): Reserved | Promise<Reserved> => {
    const { id, rules, estimate } = reservation
    if (leases.has(id)) throw new Error(`The reservation ${id} exists.`)
    leases.expire(release)
    const now = clock.now()
    const set = setOf(rules, now)
    if (set instanceof Promise) return set.then(() => reserve(reservation))
    const { counters: found } = set
    let at = now
    let turned = set.starts.length !== rules.length
    // All of them first: a clock that goes to and fro must be seen by each.
    for (let i = 0; i < rules.length; i += 1) {
      const counter = found[i]!
      counter.turn(rules[i]!, now)
      if (counter.start !== set.starts[i]) turned = true
      // A clock that wobbles back does not leave the period, so neither does the call.
      if (rules[i]!.counted === 'budget' && counter.start > at) at = counter.start
    }
    if (turned) set.starts = found.map(({ start }) => start)
    for (let i = 0; i < rules.length; i += 1) {
      if (!found[i]!.fits(rules[i]!, estimate, now)) return { ok: false, refused: found[i]!.state(rules[i]!, now) }
    }
    for (let i = 0; i < rules.length; i += 1) {
      if (rules[i]!.counted === 'budget') found[i]!.held += estimate.nanoUsd
      else found[i]!.value += share(rules[i]!, estimate)
    }
    leases.add(id, { set, starts: set.starts, estimate })
    return { ok: true, states: set.states, at }
  }

  const settle = (id: string, actual: Amount): readonly SoftCrossing[] => {
    const held = leases.end(id)
    const hold = held ?? leases.endLate(id)
    if (!hold) return none
    if (held) release(held)
    const now = clock.now()
    const { set: { rules, counters: counted }, starts, estimate } = hold
    let crossings: SoftCrossing[] | undefined
    for (let i = 0; i < rules.length; i += 1) {
      const rule = rules[i]!
      const counter = counted[i]!
      counter.turn(rule, now)
      if (rule.counted === 'budget') {
        counter.charge(starts[i]!, actual.nanoUsd)
        if (rule.soft !== undefined && counter.value >= rule.soft && !counter.softTold) {
          counter.softTold = true
          ;(crossings ??= []).push({ rule, spent: counter.value })
        }
      } else if (rule.counted !== 'parallel' && rule.counted !== 'requests' && counter.start === starts[i]) {
        counter.value = Math.max(0, counter.value + share(rule, actual) - share(rule, estimate))
      }
    }
    return crossings ?? none
  }

  const read = (rules: readonly LimitRule[]): readonly LimitState[] | Promise<readonly LimitState[]> => {
    leases.expire(release)
    const now = clock.now()
    const set = setOf(rules, now)
    if (set instanceof Promise) return set.then(() => read(rules))
    return set.counters.map((counter, i) => {
      counter.turn(rules[i]!, now)
      return counter.state(rules[i]!, now)
    })
  }

  return { reserve, settle, read, stats: () => ({ held: leases.size, expired: leases.expired, counters: counters.size }) }
}
