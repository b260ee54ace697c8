import { isCluster, type RedisClient } from '@tianjillm/redis-kit'
import type { Scope } from '@tianjillm/limits'
import type { LimitKeys } from './keys.ts'

/** Whose spend is to be asked of the ledger again. */
export interface Recounted {
  readonly scope: Scope
  readonly id: string
}

const PAGE = 1000

/** The counters of budgets that some owners have, of every window and model. Looks through all keys: for rare occasions. */
export async function budgetCounters(client: RedisClient, keys: LimitKeys, owners: readonly Recounted[]): Promise<readonly string[]> {
  const prefix = keys.counter('')
  const idsOf = Map.groupBy(owners, ({ scope }) => scope as string)
  const isTheirs = (key: string): boolean => {
    const rule = key.slice(prefix.length)
    const colon = rule.indexOf(':')
    return rule.includes(':budget:') && (idsOf.get(rule.slice(0, colon))?.some(({ id }) => rule.startsWith(`${id}:`, colon + 1)) ?? false)
  }
  const found = new Set<string>()
  for (const node of isCluster(client) ? client.nodes('master') : [client]) {
    let cursor = '0'
    do {
      const [next, page] = await node.scan(cursor, 'MATCH', `${escaped(prefix)}*`, 'COUNT', PAGE)
      for (const key of page) if (isTheirs(key)) found.add(key)
      cursor = next
    } while (cursor !== '0')
  }
  return [...found]
}

/** For Redis's patterns. */
function escaped(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, '\\$&')
}
