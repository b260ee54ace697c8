import { ConfigError, Problems } from './problems.ts'
import { type RawConfig, readConfigFile } from './read-file.ts'
import { type LookUp, REFERENCE, resolveReferences } from './references.ts'
import type { Config } from './schema.ts'
import { type Place, validateConfig } from './validate.ts'

/** A checked configuration, with what is not in effect. */
export interface LoadedConfig {
  readonly config: Config
  readonly place: Place
  /** The file, or undefined when there was none. */
  readonly file: string | undefined
  readonly problems: Problems
  /** The file as it was written. */
  readonly raw: RawConfig
}

/** What to read, and from where to take what it refers to. */
export interface LoadOptions {
  readonly file: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Makes the look-up once the settings that tell where secrets live are known. Default: the environment alone. */
  readonly secrets?: (raw: RawConfig, environment: LookUp, problems: Problems) => Promise<LookUp>
}

/**
 * Reads, resolves and checks a configuration. Problems are noted; the rest of the configuration is answered, so
 * that plugins can be checked as well before all is told.
 * @throws ConfigError when nothing is left to go on with
 */
export async function loadConfig({ file, env, secrets }: LoadOptions): Promise<LoadedConfig> {
  const problems = new Problems()
  const raw = file === undefined ? {} : readConfigFile(file, problems)
  // What cannot be read says nothing about the rest.
  if (problems.errors.length > 0) throw new ConfigError(file ?? 'The configuration', problems.errors)
  const environment: LookUp = async (name) => own(env, name) ?? fromFile(raw['environment_variables'], name, env)
  const lookUp = secrets ? await secrets(raw, environment, problems) : environment
  const { value, missing } = await resolveReferences(raw, lookUp, problems)
  const lenient = (raw['router_settings'] as { ignore_invalid_deployments?: unknown } | undefined)?.ignore_invalid_deployments === true
  for (const { path, name } of missing) {
    const say = lenient && path.startsWith('model_list[') ? 'warn' : 'error'
    problems[say](path, `refers to ${name}, which is neither in the environment nor in a secret manager.`)
  }
  const checked = validateConfig(value, problems)
  if (!checked) throw new ConfigError(file ?? 'The configuration', problems.errors)
  return { ...checked, file, problems, raw }
}

/** A variable that the file itself sets, which may point to one of the environment under another name. */
function fromFile(variables: unknown, name: string, env: LoadOptions['env']): string | undefined {
  if (typeof variables !== 'object' || variables === null) return undefined
  const value = own(variables as Record<string, unknown>, name)
  if (value === undefined) return undefined
  const text = String(value)
  return text.startsWith(REFERENCE) ? own(env, text.slice(REFERENCE.length)) : text
}

/** `process.env` has what every object has: `toString` is no variable. */
function own<T>(variables: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined
}
