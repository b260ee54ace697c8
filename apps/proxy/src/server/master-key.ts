import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The master key of a proxy whose operator named none: made once, kept in the data folder (readable by
 * its owner only), the same after each restart and in each of several processes that start at once.
 *
 * @throws an error for people, when the folder cannot be used
 */
export function keptMasterKey(dataDir: string): string {
  const file = join(dataDir, 'master-key')
  try {
    return readKey(file) ?? makeKey(dataDir, file)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new Error(`The master key cannot be kept in ${file}: ${code ?? message} Choose a folder with --data-dir, or set LITELLM_MASTER_KEY.`, { cause })
  }
}

/** The key that a proxy keeps in the folder; undefined when there is none, or it is not the caller's to read. */
export function readMasterKey(dataDir: string): string | undefined {
  try {
    return readKey(join(dataDir, 'master-key'))
  } catch {
    return undefined
  }
}

function makeKey(dataDir: string, file: string): string {
  const key = `sk-${randomBytes(24).toString('base64url')}`
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // Written aside and linked: nobody ever sees half a file, and of two processes the first one wins.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
    return key
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readKey(file) : undefined
    if (other === undefined) throw error
    return other
  } finally {
    rmSync(draft)
  }
}

function readKey(file: string): string | undefined {
  let kept: string
  try {
    kept = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if (!kept.startsWith('sk-')) throw new Error('it holds something that is no key. Delete it.')
  return kept
}
