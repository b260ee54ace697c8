import { type Amount, type Leases, type LimitStore, share } from '@tianjillm/limits'
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

const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })

/** Takes a call out, once. */
export function endHold(leases: Leases<Hold>, id: string): Ended | undefined {
  const open = leases.end(id)
  const hold = open ?? leases.endLate(id)
  return hold && { hold, held: open !== undefined }
}

/** What calls hold in Redis together, by counter. @param ledger whether it can give a budget's count again */
export function heldInRedis(holds: Iterable<Hold>, ledger: boolean): Held[] {
  const sums = new Map<string, { key: string; amount: number; kind: Held['kind'] }>()
  for (const { split, inRedis, estimate } of holds) {
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
