import type { Clock, Log } from '@tianjillm/core'
import type { RedisLimitStore } from '@tianjillm/redis'
import { entitiesOf, type LedgerEntry } from '@tianjillm/spend'
import type { StorageOptions } from '@tianjillm/storage'

type Owners = Parameters<RedisLimitStore['recount']>[0]
type Counting = Pick<RedisLimitStore, 'recount' | 'settledUpTo'>
type Recovered = Parameters<NonNullable<StorageOptions['recovered']>>[0]

/** Milliseconds until Redis is tried again. */
const AGAIN_MS = 1000

/** What an earlier process left in its journal, until the limits that replicas share know of it. */
export interface Recoveries {
  readonly note: (entries: Recovered) => void
  /** What was settled before this moment, on the clock that never jumps, is known where budgets are counted. */
  readonly settledUpTo: () => number
  /** From now on budgets are counted there. */
  follow(store: Counting): void
}

/**
 * A process that is killed may have written calls into its journal whose cost Redis never heard of. When they have come
 * into the ledger, the budgets of those who made them are taken from there again.
 */
export function createRecoveries(clock: Clock, log: Log): Recoveries {
  let waiting = new Map<string, Owners[number]>()
  let store: Counting | undefined
  const deliver = async (): Promise<void> => {
    if (!store || waiting.size === 0) return
    const owners = waiting
    waiting = new Map()
    try {
      await store.recount([...owners.values()])
      log.info({ owners: owners.size }, 'calls of a process that was killed came into the ledger: the shared budgets of their owners are taken from it again')
    } catch (error) {
      waiting = new Map([...owners, ...waiting])
      log.warn({ err: error, owners: owners.size }, 'shared budgets could not be taken from the ledger again; trying again')
      clock.after(AGAIN_MS, () => void deliver())
    }
  }
  return {
    note(entries) {
      for (const owner of ownersOf(entries)) waiting.set(`${owner.scope}:${owner.id}`, owner)
      void deliver()
    },
    settledUpTo: () => store?.settledUpTo() ?? Number.POSITIVE_INFINITY,
    follow(limits) {
      store = limits
      void deliver()
    },
  }
}

/** Everybody whose budgets calls count under. */
function ownersOf(entries: Recovered): Owners {
  const proxy: Owners[number] = { scope: 'proxy', id: 'proxy' }
  return [proxy, ...entries.flatMap((entry) => entitiesOf(entry as LedgerEntry).flatMap(([kind, id]) => (kind === 'total' || kind === 'model' ? [] : [{ scope: kind, id }])))]
}
