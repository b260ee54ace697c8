import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A lock that is held. */
export interface HeldLock {
  release(): void
}

/**
 * Takes a lock that the kernel gives back when the process ends, however it ends: a transaction of
 * SQLite, which locks the file itself. (Node has no `flock`; a file with a pid in it outlives a kill, and lies
 * across containers.)
 *
 * @returns undefined when another process, or another holder in this one, has it
 */
export function takeLock(file: string): HeldLock | undefined {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(file)
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    const busy = 5
    if ((error as { errcode?: number }).errcode === busy) return undefined
    throw error
  }
}
