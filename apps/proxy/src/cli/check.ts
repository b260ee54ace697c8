import { compose } from '../compose/compose.ts'
import { ConfigError } from '../config/problems.ts'
import { createLog } from '../log.ts'

/** Checks a config file as a start would, plugins included, and says what it found. Answers the exit code. */
export async function check(file: string, env: Readonly<Record<string, string | undefined>>, print: (line: string) => void): Promise<number> {
  try {
    const composition = await compose({ file, env, log: createLog('silent'), masterKey: () => 'sk-only-for-checking' })
    for (const { path, message } of composition.warnings) print(`warning: ${path}: ${message}`)
    await composition.close(AbortSignal.timeout(1000))
    print(`${file} is fine: ${composition.settings.router.names().length} model names.`)
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    print(error.message)
    return 1
  }
}
