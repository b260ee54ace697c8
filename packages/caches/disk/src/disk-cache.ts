import { hash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Cache, Clock, Log } from '@tianjillm/core'
import type { DiskConfig } from './config.ts'
import { decodeFile, encodeFile } from './file-format.ts'
import { FileIndex } from './file-index.ts'

/** Names of entries, and of the folders that they are in. Nothing else in the folder is touched. */
const entryName = /^[0-9a-f]{64}$/
const shardName = /^[0-9a-f]{2}$/
const unfinishedName = /^[0-9a-f-]{36}\.tmp$/
/** Milliseconds after which a file that was never finished is nobody's any more. */
const ABANDONED_MS = 3_600_000

/** Answers in files: written beside their place and moved into it, so that no reader ever sees half of one. */
export function createDiskCache({ disk_cache_dir, max_bytes, namespace }: DiskConfig, { clock, log }: { readonly clock: Clock; readonly log: Log }): Cache {
  const folder = resolve(disk_cache_dir, namespace === '' ? 'answers' : `answers-${namespace}`)
  const index = new FileIndex(max_bytes)
  const queues = new Map<string, Promise<unknown>>()
  let scanning: Promise<void> | undefined

  const nameOf = (key: string): string => hash('sha256', key)
  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name)

  /** What is done to one entry is done in the order in which it was asked for. */
  const inTurn = <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const running = (queues.get(name) ?? Promise.resolve()).then(run, run)
    const settled = running.catch(() => {}).then(() => {
      if (queues.get(name) === settled) queues.delete(name)
    })
    queues.set(name, settled)
    return running
  }

  const remove = async (name: string): Promise<void> => {
    index.remove(name)
    await rm(pathOf(name), { force: true })
  }

  const write = async (name: string, bytes: Buffer, endsAt: number): Promise<void> => {
    await mkdir(join(folder, name.slice(0, 2)), { recursive: true, mode: 0o700 })
    const unfinished = join(folder, `${randomUUID()}.tmp`)
    try {
      const file = await open(unfinished, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        // A look at the folder then tells when each entry ends.
        await file.utimes(clock.now() / 1000, endsAt / 1000)
      } finally {
        await file.close()
      }
      await rename(unfinished, pathOf(name))
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    // Nobody waits for others to leave.
    leave(index.add(name, bytes.length)).catch(told)
  }
  /** Removes files that are not counted any more, unless they were written anew meanwhile. */
  const leave = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await inTurn(name, () => (index.has(name) ? Promise.resolve() : remove(name)))
  }

  const told = (error: unknown): void => log.warn({ err: error }, 'a file of the cache could not be removed')

  /** Looks at what a former process left, once: what is over leaves, the rest counts. */
  const scan = async (): Promise<void> => {
    const found: { name: string; size: number; endsAt: number }[] = []
    for (const shard of await entriesOf(folder)) {
      if (unfinishedName.test(shard)) await dropAbandoned(join(folder, shard))
      if (!shardName.test(shard)) continue
      for (const name of await entriesOf(join(folder, shard))) {
        if (!entryName.test(name)) continue
        const known = await stat(pathOf(name)).catch(() => undefined)
        if (known) found.push({ name, size: known.size, endsAt: known.mtimeMs })
      }
    }
    const now = clock.now()
    const over = found.filter(({ name, endsAt }) => endsAt <= now && !index.has(name)).map(({ name }) => name)
    const kept = found.filter(({ endsAt }) => endsAt > now).toSorted((a, b) => a.endsAt - b.endsAt)
    await leave([...over, ...index.adopt(kept.map(({ name, size }) => [name, size] as const))])
  }
  const dropAbandoned = async (path: string): Promise<void> => {
    const known = await stat(path).catch(() => undefined)
    if (known && known.birthtimeMs < Date.now() - ABANDONED_MS) await rm(path, { force: true })
  }
  const scanned = (): Promise<void> => (scanning ??= scan().catch((error: unknown) => {
    scanning = undefined
    throw error
  }))

  return {
    get(key) {
      const name = nameOf(key)
      return inTurn(name, async () => {
        const file = await readFile(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined
          throw error
        })
        if (!file) return undefined
        const entry = decodeFile(file)
        if (entry?.key !== key || entry.endsAt <= clock.now()) {
          await remove(name)
          return undefined
        }
        index.touch(name)
        return entry.value
      })
    },
    set(key, value, ttlMs) {
      // A copy of now: the caller may use its bytes again while this waits.
      const endsAt = clock.now() + ttlMs
      const bytes = encodeFile({ key, endsAt, value })
      const name = nameOf(key)
      // Nobody waits for the look at the folder; the bound holds when it is done.
      scanned().catch(told)
      return inTurn(name, () => (ttlMs > 0 && index.fits(bytes.length) ? write(name, bytes, endsAt) : remove(name)))
    },
    async delete(key) {
      const name = nameOf(key)
      await inTurn(name, () => remove(name))
    },
    async clear() {
      for (const shard of await entriesOf(folder)) {
        if (!shardName.test(shard)) continue
        for (const name of await entriesOf(join(folder, shard))) if (entryName.test(name)) await inTurn(name, () => remove(name))
      }
    },
    async ping() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await stat(folder)
    },
    async close() {
      await scanning?.catch(() => {})
      // What leaves makes others wait their turn.
      while (queues.size > 0) await Promise.all(queues.values())
    },
  }
}

/** What is in a folder; nothing when it is not there. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
