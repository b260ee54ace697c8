import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

/**
 * Keeps compiled code for the next start, which is a tenth quicker then. In the data folder, which is this user's
 * alone: what lies there is run. A folder that cannot be written costs only that.
 */
export function keepCompiledCode(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch {
    // Whoever needs the folder says so; a proxy without a database does not.
    return
  }
  enableCompileCache(join(dataDir, 'code-cache'))
}
