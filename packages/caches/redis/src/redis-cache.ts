import type { Cache, Log } from '@tianjillm/core'
import { isCluster, Readiness, type RedisClient, withoutWords } from '@tianjillm/redis-kit'
import type { Redis } from 'ioredis'
import { bufferOf } from './bytes.ts'
import { createSimilarityStore } from './similar.ts'

export interface RedisCacheOptions {
  readonly client: RedisClient
  readonly namespace: string
  /** Name of the index of similar questions, without the vectors' length. */
  readonly indexName: string
  readonly log: Log
}

/** Does something with the client, once it takes commands. */
export type Ask = <T>(run: (client: RedisClient) => Promise<T>) => Promise<T>

/** Keys that one round of a sweep looks at. */
const SWEEP = 500

/** Answers in Redis, each with its time. Everything is under `<namespace>:cache:`, and nothing else there is touched. */
export function createRedisCache({ client, namespace, indexName, log }: RedisCacheOptions): Cache {
  const prefix = `${namespace}:cache:`
  const answerOf = (key: string): string => `${prefix}a:${key}`
  const similarOf = (key: string): string => `${prefix}s:${key}`
  const readiness = new Readiness(client)
  /** What is asked before the connection stands waits for it; the caller's deadline bounds that. */
  const ask: Ask = async (run) => {
    try {
      await readiness.wait()
      return await run(client)
    } catch (error) {
      throw error instanceof Error ? withoutWords(error) : error
    }
  }

  return {
    get: (key) => ask(async () => (await client.getBuffer(answerOf(key))) ?? undefined),
    set: (key, value, ttlMs) => ask(async () => {
      const ms = Math.ceil(ttlMs)
      if (ms < 1) await client.unlink(answerOf(key))
      else await client.set(answerOf(key), bufferOf(value), 'PX', ms)
    }),
    // One by one: on a Cluster they are in different slots.
    delete: (key) => ask(async () => void (await Promise.all([client.unlink(answerOf(key)), client.unlink(similarOf(key))]))),
    clear: () => ask(async () => void (await Promise.all(nodesOf(client).map((node) => sweep(node, prefix))))),
    ping: () => ask(async () => void (await client.ping())),
    info: () => ask(async () => {
      const [node] = nodesOf(client)
      if (!node) throw new Error('The Cluster has no node that answers.')
      const [info, clients] = await Promise.all([node.info(), node.client('LIST') as Promise<string>])
      const list = clients.trim().split('\n')
      return { clients: list.map((line) => Object.fromEntries(fieldsOf(line, ' ', '='))), facts: Object.fromEntries(fieldsOf(info, '\n', ':')) }
    }),
    similar: createSimilarityStore({ ask, prefix: `${prefix}s:`, indexName, log }),
    close: () => readiness.close(),
  }
}

function nodesOf(client: RedisClient): readonly Redis[] {
  return isCluster(client) ? client.nodes('master') : [client]
}

/** Removes what begins with a prefix, a bounded number at a time; Redis goes on serving others between. */
async function sweep(node: Redis, prefix: string): Promise<void> {
  const match = `${prefix.replaceAll(/[*?[\]\\]/g, String.raw`\$&`)}*`
  let cursor = '0'
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', match, 'COUNT', SWEEP)
    cursor = next
    const pipeline = node.pipeline()
    for (const key of keys) pipeline.unlink(key)
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
  } while (cursor !== '0')
}

/** `name:value` lines and `name=value` words. */
function* fieldsOf(text: string, between: string, within: string): Generator<[string, string]> {
  for (const field of text.split(between)) {
    const at = field.indexOf(within)
    if (at > 0) yield [field.slice(0, at), field.slice(at + 1).trim()]
  }
}
