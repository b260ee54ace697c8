import { createHash } from 'node:crypto'
import type { RedisClient } from '@tianjillm/redis-kit'

/** A Lua script that Redis runs as one step. */
export interface Script {
  readonly lua: string
  readonly sha: string
}

export function script(...parts: readonly string[]): Script {
  const lua = parts.join('\n')
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}

/** Runs a script by its hash, and gives its text to a server that does not know it yet. */
export async function run(client: RedisClient, { lua, sha }: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
  try {
    return await client.evalsha(sha, keys.length, ...keys, ...args)
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return client.eval(lua, keys.length, ...keys, ...args)
  }
}
