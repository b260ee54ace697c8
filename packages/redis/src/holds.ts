import type { Clock } from '@tianjillm/core'
import { type Amount, type LimitStore, share } from '@tianjillm/limits'
import type { Held } from './membership.ts'
import type { Part } from './settlements.ts'
import { kindOf, type SplitRules, whole } from './split-rules.ts'

/** A call in flight, and what was reserved for it. */
export interface Hold {
  readonly split: SplitRules
  /** Whether the shared rules were counted in Redis, and not in this process. */
  readonly inRedis: boolean
  /** Start of each shared rule's period. */
  readonly starts: readonly number[]
  readonly estimate: Amount
  /** The store of this process that counts a part of it. */
  readonly local?: LimitStore
}

/** A call that ended: how, and whether its lease had not. */
export interface Ended {
  readonly hold: Hold
  readonly held: boolean
}

/** Calls past their lease that may still be settled. */
const LATE = 10_000
const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })

/** This replica's calls in flight, each with a lease on the clock that never jumps. */
export class Holds {
  readonly #clock: Clock
  readonly #leaseMs: number
  // In the order of their leases: all are of one length.
  readonly #open = new Map<string, { readonly hold: Hold; readonly leaseEnd: number }>()
  readonly #late = new Map<string, Hold>()
  #expired = 0

  constructor(clock: Clock, leaseMs: number) {
    this.#clock = clock
    this.#leaseMs = leaseMs
  }

  get size(): number {
    return this.#open.size
  }

  get expired(): number {
    return this.#expired
  }

  has(id: string): boolean {
    return this.#open.has(id)
  }

  add(id: string, hold: Hold): void {
    this.#open.set(id, { hold, leaseEnd: this.#clock.monotonic() + this.#leaseMs })
  }

  /** Takes a call out, once. */
  end(id: string): Ended | undefined {
    const open = this.#open.get(id)
    const hold = open?.hold ?? this.#late.get(id)
    if (!hold) return undefined
    ;(open ? this.#open : this.#late).delete(id)
    return { hold, held: open !== undefined }
  }

  /** Ends leases that have run out. @param release gives back what such a call holds */
  expire(release: (parts: readonly Part[]) => void): void {
    const now = this.#clock.monotonic()
    for (const [id, { hold, leaseEnd }] of this.#open) {
      if (leaseEnd > now) return
      this.#open.delete(id)
      this.#expired += 1
      const parts = releases(hold)
      if (parts.length > 0) release(parts)
      if (this.#late.size >= LATE) this.#late.delete(this.#late.keys().next().value!)
      this.#late.set(id, hold)
    }
  }

  /** What all of them hold in Redis, by counter. @param ledger whether it can give a budget's count again */
  inRedis(ledger: boolean): Held[] {
    const sums = new Map<string, { key: string; amount: number; kind: Held['kind'] }>()
    for (const { hold: { split, inRedis, estimate } } of this.#open.values()) {
      if (!inRedis) continue
      split.shared.forEach((rule, i) => {
        const kind = kindOf(rule)
        const amount = kind === 'b' ? whole(estimate.nanoUsd) : kind === 'p' ? 1 : 0
        if (kind === 'r' || amount === 0) return
        const key = split.counters[i]!
        const sum = sums.get(key) ?? { key, amount: 0, kind: kind === 'b' && !ledger ? '-' : kind }
        sum.amount += amount
        sums.set(key, sum)
      })
    }
    return [...sums.values()]
  }
}

/** What the end of a call does in Redis. One that was counted in this process brings its cost alone. */
export function partsOf({ hold: { split, inRedis, starts, estimate }, held }: Ended, actual: Amount): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < split.shared.length; i += 1) {
    const rule = split.shared[i]!
    const kind = kindOf(rule)
    const to = { rule, key: split.counters[i]!, reserved: starts[i]! }
    if (kind === 'b') {
      const release = inRedis && held ? whole(estimate.nanoUsd) : 0
      const amount = whole(actual.nanoUsd)
      if (amount > 0 || release > 0) parts.push({ ...to, kind, amount, release, estimate: 0 })
    } else if (!inRedis) continue
    else if (kind === 'p') {
      if (held) parts.push({ ...to, kind, amount: 0, release: 1, estimate: 0 })
    } else if (rule.counted !== 'requests') {
      const [reserved, used] = [whole(share(rule, estimate)), whole(share(rule, actual))]
      if (reserved !== used) parts.push({ ...to, kind: 't', amount: used, release: 0, estimate: reserved })
    }
  }
  return parts
}

/** Gives back what a call holds, and leaves everything else. */
export function releases(hold: Hold): Part[] {
  return hold.inRedis ? partsOf({ hold, held: true }, nothing).filter(({ release }) => release > 0) : []
}
