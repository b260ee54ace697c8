import { hash } from 'node:crypto'
import type { Log, SimilarityStore } from '@tianjillm/core'
import { type RedisClient, withoutWords } from '@tianjillm/redis-kit'
import { bufferOf } from './bytes.ts'
import type { Ask } from './redis-cache.ts'

export interface SimilarityStoreOptions {
  readonly ask: Ask
  /** Begins the names of the hashes. */
  readonly prefix: string
  readonly indexName: string
  readonly log: Log
}

/**
 * Entries as hashes with a vector, found through a FLAT index: exact within its partition. One index for each length of
 * vectors, made when the first is kept.
 *
 * @see https://redis.io/docs/latest/commands/ft.create/ and https://redis.io/docs/latest/develop/ai/search-and-query/query/vector-search/
 */
export function createSimilarityStore({ ask, prefix, indexName, log }: SimilarityStoreOptions): SimilarityStore {
  const made = new Map<number, Promise<void>>()
  let told = false
  const nameOf = (length: number): string => `${indexName}:${length}`

  const makeIndex = (client: RedisClient, length: number): Promise<void> => {
    let making = made.get(length)
    if (!making) {
      making = call(client, 'FT.CREATE', nameOf(length), 'ON', 'HASH', 'PREFIX', '1', prefix, 'SCHEMA', 'partition', 'TAG', 'vector', 'VECTOR', 'FLAT', '6', 'TYPE', 'FLOAT32', 'DIM', String(length), 'DISTANCE_METRIC', 'COSINE')
        .then(() => undefined, (error: unknown) => {
          if (/index already exists/i.test(messageOf(error))) return
          made.delete(length)
          throw error
        })
      made.set(length, making)
    }
    return making
  }
  /** A Redis without vector search has no similar entries; its other answers go on. */
  const without = (error: unknown): undefined => {
    if (!/unknown command/i.test(messageOf(error))) throw error
    if (!told) log.error({ err: withoutWords(error as Error) }, 'this Redis has no vector search: similar questions are not found. It is part of Redis 8, and of Redis Stack')
    told = true
    return undefined
  }

  return {
    nearest: (partition, vector) => ask(async (client) => {
      try {
        return nearestIn(await call(client, 'FT.SEARCH', nameOf(vector.length), `(@partition:{${tagOf(partition)}})=>[KNN 1 @vector $vector AS distance]`, 'PARAMS', '2', 'vector', bufferOf(vector), 'RETURN', '3', 'distance', 'key', 'value', 'LIMIT', '0', '1', 'DIALECT', '2'))
      } catch (error) {
        if (!/no such index|unknown index name|index not found/i.test(messageOf(error))) return without(error)
        // Nothing was kept yet, or somebody dropped the index: the next to keep something makes it.
        made.delete(vector.length)
        return undefined
      }
    }),
    set: ({ partition, key, vector, value }, ttlMs) => ask(async (client) => {
      try {
        await makeIndex(client, vector.length)
      } catch (error) {
        return without(error)
      }
      const name = prefix + key
      const results = await client.multi()
        .unlink(name)
        .hset(name, { partition: tagOf(partition), vector: bufferOf(vector), key, value: bufferOf(value) })
        .pexpire(name, Math.max(1, Math.ceil(ttlMs)))
        .exec()
      for (const [error] of results ?? []) if (error) throw error
      return undefined
    }),
  }
}

/** Tags have a syntax of their own; a digest is nothing but letters and digits. */
function tagOf(partition: string): string {
  return hash('sha256', partition)
}

function call(client: RedisClient, command: string, ...args: (string | Buffer)[]): Promise<unknown> {
  return client.callBuffer(command, ...args) as Promise<unknown>
}

/** What `FT.SEARCH` answers in RESP2: `[count, name, [field, value, ...]]`. */
function nearestIn(reply: unknown): { key: string; value: Uint8Array; similarity: number } | undefined {
  const fields = Array.isArray(reply) ? (reply[2] as readonly Buffer[] | undefined) : undefined
  if (!Array.isArray(fields)) return undefined
  const found = new Map<string, Buffer>()
  for (let i = 0; i + 1 < fields.length; i += 2) found.set(String(fields[i]), fields[i + 1] as Buffer)
  const [key, value, distance] = [found.get('key'), found.get('value'), Number(found.get('distance')?.toString())]
  return key && value && Number.isFinite(distance) ? { key: key.toString(), value, similarity: 1 - distance } : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
