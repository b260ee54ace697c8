import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Archive, GatewayError } from '@tianjillm/core'

/** What an object's name may be: nothing that leads out of the folder, and nothing that a file being written is called. */
const objectName = /^(?:[\w=-][\w=.-]*\/)*[\w=-][\w=.-]*$/

/** Files are written beside their place, through to the disk, and moved into it: no reader sees half of one. */
export function createFolderArchive(folder: string): Archive {
  const root = resolve(folder)
  const pathOf = (name: string): string => {
    if (!objectName.test(name)) throw new GatewayError('internal', `${JSON.stringify(name)} is no name of an object.`)
    return join(root, name)
  }
  return {
    location: pathToFileURL(root).href,
    async put({ name, body }, signal) {
      signal.throwIfAborted()
      const path = pathOf(name)
      const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        const file = await open(unfinished, 'wx', 0o600)
        try {
          await file.writeFile(body, { signal })
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(unfinished, path)
        for (let inside = dirname(path); inside !== dirname(root); inside = dirname(inside)) await syncFolder(inside)
        await removeUnfinished(path)
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => {})
        throw signal.aborted ? error : failure(error)
      }
    },
    async get(name, signal) {
      signal.throwIfAborted()
      const path = pathOf(name)
      try {
        return await readFile(path, { signal })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw signal.aborted ? error : failure(error)
      }
    },
  }
}

/** A name in a folder is safe when the folder was written through, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** What a process that was killed left of the same object. */
async function removeUnfinished(path: string): Promise<void> {
  const beginning = `.${basename(path)}.`
  for (const name of await readdir(dirname(path))) if (name.startsWith(beginning) && name.endsWith('.tmp')) await rm(join(dirname(path), name), { force: true })
}

function failure(error: unknown): GatewayError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException
  return new GatewayError('upstream_error', `The folder of the archive cannot be used (${code}). Check \`archive_dir\`, its rights and the space on its disk.`, { cause: error })
}
