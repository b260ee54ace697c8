import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder for what must outlive a restart: the flag's, the environment's, or one of the user's. */
export function dataDirOf(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  return flag ?? (env['TIANJILLM_DATA_DIR'] || join(homedir(), '.tianjillm'))
}
