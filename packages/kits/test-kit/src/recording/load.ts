import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recording } from './types.ts'

/**
 * All recordings (`*.json`) of a folder, by name. A file that lacks `name` is named by its `id`
 * or file name. Throws when the folder or a recording cannot be read.
 */
export function loadRecordings(dir: URL | string): Recording[] {
  const path = pathOf(dir)
  return readdirSync(path).filter((file) => file.endsWith('.json')).sort().map((file) => {
    const where = join(path, file)
    let json: Partial<Recording> & { id?: string }
    try {
      json = JSON.parse(readFileSync(where, 'utf8'))
    } catch (cause) {
      throw new Error(`The recording ${where} is not JSON.`, { cause })
    }
    for (const field of ['request', 'response', 'source'] as const) {
      if (json[field] === undefined) throw new Error(`The recording ${where} has no \`${field}\`.`)
    }
    return { ...json, name: json.name ?? json.id ?? file.slice(0, -'.json'.length) } as Recording
  })
}

/**
 * Recordings that lie in a folder somewhere above: walks up from `from` (a file's URL) until
 * `folder` is found. Empty when it is nowhere, so that a suite can do without.
 */
export function loadRecordingsAbove(from: URL | string, folder: string): Recording[] {
  for (let at = dirname(pathOf(from)); ; at = dirname(at)) {
    const found = join(at, folder)
    if (existsSync(found)) return loadRecordings(found)
    if (at === dirname(at)) return []
  }
}

function pathOf(place: URL | string): string {
  return typeof place === 'string' && !place.startsWith('file:') ? place : fileURLToPath(place)
}
