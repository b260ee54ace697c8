import { createClient, isTianjiError, type TianjiError } from '@tianjillm/client'
import type { Command, Resource } from './command.ts'
import { type Connection, connectionOf, type Environment } from './connection.ts'
import { harmless } from './print/cell.ts'
import { faint, type Screen, screenOf } from './print/screen.ts'
import { record, table } from './print/table.ts'
import { readCommand } from './read-command.ts'

/** Where a command prints. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: Environment
}

/** Runs what stands after a resource's name. Answers the exit code. @throws UsageError */
export async function manage(resource: Resource, args: readonly string[], { stdout, stderr, env }: Terminal): Promise<number> {
  const reading = readCommand(resource, args)
  if ('help' in reading) {
    await print(stdout, reading.help)
    return 0
  }
  const { command, input, settings } = reading
  const connection = connectionOf(settings, env)
  // Somebody waits for the answer, and can say it again.
  const client = createClient({ baseUrl: connection.url, apiKey: connection.apiKey, retries: 0 })
  try {
    const answer = await client.request(command.method, command.path, input)
    await print(stdout, settings.json ? JSON.stringify(answer, undefined, 2) : shown(command, answer, screenOf(stdout, env)))
    const more = settings.json ? undefined : command.more(answer)
    if (more !== undefined) await print(stderr, faint(more, screenOf(stderr, env)))
    return 0
  } catch (error) {
    if (!isTianjiError(error)) throw error
    await print(stderr, settings.json ? JSON.stringify({ error: wireOf(error, connection) }) : told(error, connection))
    return 1
  }
}

/** Resolves when the text is out: the process ends right after, and a reader that left early (`| head`) is no error. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.write(`${text}\n`, () => resolve())
  })
}

function shown({ form, rows, columns, said }: Command, answer: unknown, screen: Screen): string {
  if (form === 'sentence') return harmless(said(answer))
  const found = rows(answer)
  if (form === 'record') return record(found[0] ?? {}, columns, screen)
  return found.length === 0 ? 'None.' : table(found, columns, screen)
}

/** What somebody at a terminal is told, and what to do. */
function told(error: TianjiError, connection: Connection): string {
  const hint = hintOf(error, connection)
  return `${harmless(error.message)}${hint === undefined ? '' : `\n${harmless(hint)}`}`
}

function wireOf(error: TianjiError, connection: Connection): object {
  const { status, type, param, code, message } = error
  return { message, type, param, code, status: status ?? null, hint: hintOf(error, connection) ?? null }
}

/** In the words of the command line where it has its own. */
function hintOf({ status, type, hint }: TianjiError, { apiKey }: Connection): string | undefined {
  if (type === 'connection_error') return 'Start one with `tianjillm`, or name the right address with --url or TIANJILLM_URL.'
  if (type === 'timeout') return hint
  if (status === 401) return apiKey === undefined ? 'Name a key with TIANJILLM_API_KEY (or --api-key).' : 'Check the key in TIANJILLM_API_KEY (or --api-key); a gateway of this machine may have been started with another master key or --data-dir.'
  if (status === 404) return `${hint ?? ''} \`list\` shows what is there.`.trim()
  return hint
}
