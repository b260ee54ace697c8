import { parseArgs } from 'node:util'
import { nearest } from '@tianjillm/core'
import { section } from '../manage/help.ts'
import { type ResourceEntry, resourceNamed, resources } from '../manage/resources.ts'
import { dataDirOf } from '../server/data-dir.ts'
import { UsageError } from './usage-error.ts'

/** What the command line asks for. */
export type Command =
  | { readonly name: 'serve'; readonly options: ServeArguments }
  | { readonly name: 'check'; readonly file: string }
  /** Something that a running gateway is asked. */
  | { readonly name: 'manage'; readonly resource: ResourceEntry; readonly args: readonly string[] }
  | { readonly name: 'help' }
  | { readonly name: 'version' }

export interface ServeArguments {
  readonly config: string | undefined
  readonly port: number
  readonly host: string
  readonly workers: number
  readonly dataDir: string
  /** Milliseconds that requests in flight get on shutdown (LiteLLM's GRACEFUL_SHUTDOWN_TIMEOUT, in seconds). */
  readonly graceMs: number
  /** `none`, `embedded` or a URL. */
  readonly database: string | undefined
}

export const usage = `tianjillm: one OpenAI-compatible endpoint in front of every LLM provider

  tianjillm [--config FILE] [--port N] [--host H] [--workers N] [--data-dir D] [--database DB]
  tianjillm check FILE
  tianjillm RESOURCE COMMAND          asks a running gateway; RESOURCE is one of those below

  --config FILE   LiteLLM's config.yaml (environment: CONFIG_FILE_PATH). Without one, providers whose
                  keys are in the environment are served as provider/model.
  --port N        port to listen on (PORT; default 4000; 0 takes a free one)
  --host H        address to listen on (HOST; default 0.0.0.0)
  --workers N     processes that share the port (NUM_WORKERS; default 1)
  --data-dir D    folder for what must outlive a restart (TIANJILLM_DATA_DIR; default ~/.tianjillm)
  --database DB   none, embedded (in the data folder) or a PostgreSQL URL (TIANJILLM_DATABASE; then the
                  config's database_url, DATABASE_URL; default embedded)
  check FILE      tells everything that is wrong with a config file, and exits 1 if anything is
  --version       prints the version

${section('Resources', resources.map(({ name, summary }) => [name, summary]))}

  \`tianjillm RESOURCE --help\` tells what can be done with one.

  On SIGTERM requests in flight may finish for GRACEFUL_SHUTDOWN_TIMEOUT seconds (default 30).
`

const flags = {
  config: { type: 'string', short: 'c' },
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  workers: { type: 'string' },
  num_workers: { type: 'string' },
  'data-dir': { type: 'string' },
  database: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/**
 * Flags first, then the environment.
 * @throws UsageError
 */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Command {
  const resource = resourceNamed(args[0])
  if (resource) return { name: 'manage', resource, args: args.slice(1) }
  const { values, positionals } = parse(args.filter((arg) => arg !== '--'))
  if (values.help) return { name: 'help' }
  if (values.version) return { name: 'version' }
  if (positionals[0] === 'help') return { name: 'help' }
  if (positionals[0] === 'check') {
    const file = positionals[1] ?? values.config ?? env['CONFIG_FILE_PATH']
    if (file === undefined) throw new UsageError('check needs a file: tianjillm check config.yaml')
    return { name: 'check', file }
  }
  if (positionals.length > 0) {
    const meant = nearest(positionals[0]!, ['check', 'help', ...resources.map(({ name }) => name)])
    throw new UsageError(`There is no command ${positionals[0]}.${meant ? ` Did you mean ${meant}?` : ''}`)
  }
  return {
    name: 'serve',
    options: {
      config: values.config ?? present(env['CONFIG_FILE_PATH']),
      port: whole('--port', values.port ?? present(env['PORT']) ?? '4000', 0, 65_535),
      host: values.host ?? present(env['HOST']) ?? '0.0.0.0',
      workers: whole('--workers', values.workers ?? values.num_workers ?? present(env['NUM_WORKERS']) ?? '1', 1, 512),
      dataDir: dataDirOf(values['data-dir'], env),
      graceMs: seconds('GRACEFUL_SHUTDOWN_TIMEOUT', present(env['GRACEFUL_SHUTDOWN_TIMEOUT']) ?? '30') * 1000,
      database: values.database ?? present(env['TIANJILLM_DATABASE']),
    },
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true, strict: true })
  } catch (error) {
    const unknown = /Unknown option '--?([\w-]+)/.exec((error as Error).message)?.[1]
    const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(flags))
    throw new UsageError(unknown === undefined ? (error as Error).message : `There is no flag --${unknown}.${meant ? ` Did you mean --${meant}?` : ''}`)
  }
}

const present = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) throw new UsageError(`${name} must be a whole number from ${min} to ${max}, found ${JSON.stringify(text)}.`)
  return value
}

function seconds(name: string, text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text) || Number(text) > 86_400) throw new UsageError(`${name} must be a number of seconds up to 86400, found ${JSON.stringify(text)}.`)
  return Number(text)
}
