import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Log } from '@tianjillm/core'
import { makeProcessFolder, takeOver } from './process-folder.ts'

/** A few records of what this process has under way, for the next one to go on with if it is killed. */
export interface ProcessRecords {
  /** Writes a record down, at once. A disk that cannot is logged: the record is then this process's alone. @param id letters, digits and `-` */
  keep(id: string, record: object): void
  drop(id: string): void
  /** Those of processes that are gone; they are this one's now. */
  left(): readonly { readonly id: string; readonly record: unknown }[]
  /** Gives them up to the next process. */
  close(): void
}

const ENDING = '.json'

/** @param folder the folder of all processes' records. @throws what the file system throws */
export function openProcessRecords({ folder, log }: { readonly folder: string; readonly log: Log }): ProcessRecords {
  const own = makeProcessFolder(folder)
  const files = takeOver(folder, own.path, (file) => (file.endsWith(ENDING) ? file : undefined))
  const fileOf = (id: string): string => join(own.path, id + ENDING)
  return {
    keep(id, record) {
      try {
        writeFileSync(fileOf(id), JSON.stringify(record), { mode: 0o600 })
      } catch (error) {
        log.error({ err: error, folder: own.path }, 'what is under way cannot be written down: a kill of the process would lose it')
      }
    },
    drop: (id) => rmSync(fileOf(id), { force: true }),
    left: () => files.flatMap((file) => {
      try {
        return [{ id: basename(file, ENDING), record: JSON.parse(readFileSync(file, 'utf8')) as unknown }]
      } catch (error) {
        log.error({ err: error, file }, 'what an earlier process had under way cannot be read')
        return []
      }
    }),
    close() {
      const empty = !readdirSync(own.path).some((file) => file.endsWith(ENDING))
      own.release()
      if (empty) rmSync(own.path, { recursive: true, force: true })
    },
  }
}
