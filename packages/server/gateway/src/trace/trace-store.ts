import type { Principal } from '@tianjillm/auth'
import type { AnyContext } from '../context.ts'
import { type CallTrace, traceOf } from './call-trace.ts'
import { KeptCall } from './kept-call.ts'

/** The decisions of the last calls of this process. */
export interface TraceStore {
  keep(ctx: AnyContext, endedAt: number): void
  /**
   * The trace of a call, by either of its ids; of several with one chosen id the latest.
   * @param asker sees own calls only; undefined sees all
   */
  find(id: string, asker: Principal | undefined): CallTrace | undefined
}

/** @param capacity calls that are kept; the oldest makes room for the next */
export function createTraceStore(capacity: number): TraceStore {
  const ring: KeptCall[] = []
  let next = 0
  return {
    keep(ctx, endedAt) {
      const kept = (ring[next] ??= new KeptCall())
      kept.keep(ctx, endedAt)
      next = (next + 1) % capacity
    },
    find(id, asker) {
      for (let back = 1; back <= ring.length; back += 1) {
        const kept = ring[(next - back + ring.length) % ring.length]!
        if ((kept.id === id || kept.uniqueId === id) && sees(asker, kept)) return traceOf(kept)
      }
      return undefined
    },
  }
}

function sees(asker: Principal | undefined, { principal }: KeptCall): boolean {
  if (!asker) return true
  return asker.tenant === principal?.tenant || (asker.facts.userId !== undefined && asker.facts.userId === principal?.facts.userId)
}
