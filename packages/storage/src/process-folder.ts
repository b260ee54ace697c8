import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type HeldLock, takeLock } from './folder-lock.ts'

/** A folder that is one process's while it lives, and the next one's when it is gone. */
export interface ProcessFolder {
  readonly path: string
  /** Gives it up: what is in it is found by the next process that starts. */
  release(): void
}

/** Makes a folder for this process among those of all. */
export function makeProcessFolder(folder: string): ProcessFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const id = randomUUID()
  const making = join(folder, `new-${id}`)
  const lock: HeldLock | undefined = takeLock(join(making, 'lock'))
  if (!lock) throw new Error(`${making} is locked although it was made just now.`)
  // Named only once it is locked: others take an unlocked folder for a dead process's.
  const path = join(folder, `live-${id}`)
  renameSync(making, path)
  return { path, release: () => lock.release() }
}

/**
 * Takes the files of processes that are gone into the own folder.
 * @param nameOf the new name of a file, or undefined to leave it behind
 * @returns their paths
 */
export function takeOver(folder: string, own: string, nameOf: (file: string, from: string, count: number) => string | undefined): string[] {
  const adopted: string[] = []
  for (const name of readdirSync(folder).filter((name) => name.startsWith('live-') && join(folder, name) !== own)) {
    const dead = join(folder, name)
    // Another process may just have taken it away.
    const lock = existsSync(dead) ? takeLock(join(dead, 'lock')) : undefined
    if (!lock) continue
    for (const file of readdirSync(dead).sort()) {
      const as = nameOf(file, name.slice('live-'.length), adopted.length)
      if (as === undefined) continue
      const to = join(own, as)
      renameSync(join(dead, file), to)
      adopted.push(to)
    }
    lock.release()
    rmSync(dead, { recursive: true, force: true })
  }
  return adopted
}
