import type { Clock } from '@tianjillm/core'
import { Counter, share } from './counter.ts'
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

interface Hold {
  counters: readonly Counter[]
  starts: readonly number[]
  rules: readonly LimitRule[]
  estimate: Amount
  readonly leaseEnd: number
}

/**
 * Lets go of what a settled hold refers to. The tables that a Map outgrows keep what was in them alive until the next
 * full garbage collection: then it is this shell, and not half a kilobyte for each call.
 */
function empty(hold: Hold): void {
  hold.counters = none
  hold.starts = none
  hold.rules = none
  hold.estimate = nothing
}

/** Reservations past their lease that may still be settled. */
const LATE = 10_000
/** Counters at which idle ones are looked for. */
const CROWDED = 50_000
const none: readonly never[] = Object.freeze([])
const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })

export function createMemoryLimitStore({ clock, leaseMs = 2 * 3_600_000, spent }: MemoryLimitStoreOptions): MemoryLimitStore {
  const counters = new Map<string, Counter>()
  const loading = new Map<string, Promise<void>>()
  // In the order of their leases: all are of one length.
  const holds = new Map<string, Hold>()
  const late = new Map<string, Hold>()
  let expired = 0
  let sweepAt = CROWDED

  const release = ({ rules, counters: held, estimate }: Hold): void => {
    for (let i = 0; i < rules.length; i += 1) {
      if (rules[i]!.counted === 'budget') held[i]!.held -= estimate.nanoUsd
      else if (rules[i]!.counted === 'parallel') held[i]!.value -= 1
    }
  }

  /** No lease ends before: the first of all only moves on. */
  let nextEnd = Number.NEGATIVE_INFINITY

  const expire = (now: number): void => {
    if (now < nextEnd) return
    nextEnd = now + leaseMs
    for (const [id, hold] of holds) {
      if (hold.leaseEnd > now) {
        nextEnd = hold.leaseEnd
        return
      }
      holds.delete(id)
      release(hold)
      expired += 1
      if (late.size >= LATE) late.delete(late.keys().next().value!)
      late.set(id, hold)
    }
  }

  /** Drops counts that mean nothing any more, so that rare owners do not fill the memory. Spend is never dropped. */
  const sweep = (now: number): void => {
    const inUse = new Set<Counter>()
    for (const hold of holds.values()) for (const counter of hold.counters) inUse.add(counter)
    for (const [id, counter] of counters) if (!id.includes(':budget:') && now >= counter.end && !inUse.has(counter)) counters.delete(id)
    sweepAt = Math.max(CROWDED, counters.size * 2)
  }

  /** The counter of a rule; a promise while its stored spend is read. */
  const counterOf = (rule: LimitRule, now: number): Counter | Promise<void> => {
    const known = counters.get(rule.id)
    if (known) {
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

  /** The counters of all rules, or what to wait for first. */
  const countersOf = (rules: readonly LimitRule[], now: number): Counter[] | Promise<unknown> => {
    const found: Counter[] = []
    let waits: Promise<void>[] | undefined
    for (let i = 0; i < rules.length; i += 1) {
      const counter = counterOf(rules[i]!, now)
      if (counter instanceof Counter) found.push(counter)
      else (waits ??= []).push(counter)
    }
    return waits ? Promise.all(waits) : found
  }

  const reserve = (reservation: Reservation): Reserved | Promise<Reserved> => {
    const { id, rules, estimate } = reservation
    if (holds.has(id)) throw new Error(`The reservation ${id} exists.`)
    const moment = clock.monotonic()
    expire(moment)
    const now = clock.now()
    const found = countersOf(rules, now)
    if (!Array.isArray(found)) return found.then(() => reserve(reservation))
    for (let i = 0; i < rules.length; i += 1) {
      if (!found[i]!.fits(rules[i]!, estimate, now)) return { ok: false, refused: found[i]!.state(rules[i]!, now) }
    }
    const starts: number[] = []
    const states: LimitState[] = []
    let at = now
    for (let i = 0; i < rules.length; i += 1) {
      const counter = found[i]!
      const rule = rules[i]!
      if (rule.counted === 'budget') counter.held += estimate.nanoUsd
      else counter.value += share(rule, estimate)
      starts.push(counter.start)
      // A clock that wobbles back does not leave the period, so neither does the call.
      if (rule.counted === 'budget' && counter.start > at) at = counter.start
      states.push(counter.state(rule, now))
    }
    holds.set(id, { counters: found, starts, rules, estimate, leaseEnd: moment + leaseMs })
    return { ok: true, states, at }
  }

  const settle = (id: string, actual: Amount): readonly SoftCrossing[] => {
    const held = holds.get(id)
    const hold = held ?? late.get(id)
    if (!hold) return none
    if (held) {
      holds.delete(id)
      release(held)
    } else late.delete(id)
    const now = clock.now()
    let crossings: SoftCrossing[] | undefined
    for (let i = 0; i < hold.rules.length; i += 1) {
      const rule = hold.rules[i]!
      const counter = hold.counters[i]!
      counter.turn(rule, now)
      if (rule.counted === 'budget') {
        counter.charge(hold.starts[i]!, actual.nanoUsd)
        if (rule.soft !== undefined && counter.value >= rule.soft && !counter.softTold) {
          counter.softTold = true
          ;(crossings ??= []).push({ rule, spent: counter.value })
        }
      } else if (rule.counted !== 'parallel' && rule.counted !== 'requests' && counter.start === hold.starts[i]) {
        counter.value = Math.max(0, counter.value + share(rule, actual) - share(rule, hold.estimate))
      }
    }
    empty(hold)
    return crossings ?? none
  }

  return {
    reserve,
    settle,
    read(rules) {
      expire(clock.monotonic())
      const now = clock.now()
      const found = countersOf(rules, now)
      const states = (ready: readonly Counter[]): LimitState[] => ready.map((counter, i) => counter.state(rules[i]!, now))
      return Array.isArray(found) ? states(found) : found.then(() => states(countersOf(rules, now) as Counter[]))
    },
    stats: () => ({ held: holds.size, expired, counters: counters.size }),
  }
}
