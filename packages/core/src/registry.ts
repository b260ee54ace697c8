import { GatewayError } from './error.ts'
import type { PluginKind } from './plugin/base.ts'
import type { Plugin, Plugins } from './plugin/index.ts'

const kinds: readonly PluginKind[] = ['provider', 'callback', 'guardrail', 'cache', 'secrets', 'strategy', 'archive']

/** Holds plugins by kind and name. */
export interface Registry {
  /**
   * Adds a plugin under its name and aliases. The same object twice is fine.
   * @throws `invalid_plugin` for a wrong shape, another `apiVersion`, or a name already taken.
   */
  register(plugin: Plugin): void
  get<Kind extends PluginKind>(kind: Kind, name: string): Plugins[Kind] | undefined
  /** All plugins, of one kind if given, without repeats for aliases. */
  list(kind?: PluginKind): readonly Plugin[]
}

export function createRegistry(): Registry {
  const plugins = new Map<string, Plugin>()
  return {
    register(plugin) {
      checkShape(plugin)
      for (const name of [plugin.name, ...(plugin.aliases ?? [])]) {
        const key = `${plugin.kind}:${name}`
        const other = plugins.get(key)
        if (other !== undefined && other !== plugin) {
          throw new GatewayError('invalid_plugin', `Two ${plugin.kind} plugins are called "${name}" (versions ${other.version} and ${plugin.version}). Register only one.`)
        }
        plugins.set(key, plugin)
      }
    },
    get<Kind extends PluginKind>(kind: Kind, name: string) {
      return plugins.get(`${kind}:${name}`) as Plugins[Kind] | undefined
    },
    list(kind) {
      const all = new Set(plugins.values())
      return kind === undefined ? [...all] : [...all].filter((plugin) => plugin.kind === kind)
    },
  }
}

/** Throws `invalid_plugin`, naming who, what was wanted, what was found. */
function checkShape(plugin: Plugin): void {
  const found = plugin as Partial<Record<keyof Plugin, unknown>> | null
  if (typeof found !== 'object' || found === null) throw new GatewayError('invalid_plugin', `A plugin must be an object, found ${plugin === null ? 'null' : typeof plugin}.`)
  const who = typeof found.name === 'string' ? `Plugin "${found.name}"` : 'A plugin without a name'
  const fail = (field: string, wanted: string, value: unknown): never => {
    throw new GatewayError('invalid_plugin', `${who}: \`${field}\` must be ${wanted}, found ${JSON.stringify(value) ?? typeof value}.`)
  }
  if (typeof found.name !== 'string' || !/^[a-z0-9][a-z0-9_.-]*$/.test(found.name)) fail('name', 'lower-case letters, digits, `-`, `_`, `.`', found.name)
  if (found.apiVersion !== 1) fail('apiVersion', '1 (the contract that this core speaks)', found.apiVersion)
  if (!kinds.includes(found.kind as PluginKind)) fail('kind', `one of ${kinds.join(', ')}`, found.kind)
  if (typeof found.version !== 'string') fail('version', 'a string', found.version)
  if (typeof (found.config as { '~standard'?: unknown } | undefined)?.['~standard'] !== 'object') fail('config', 'a Standard Schema (valibot, zod, arktype)', typeof found.config)
  if (typeof found.create !== 'function') fail('create', 'a function', typeof found.create)
}

/** Whether a module's export looks like a plugin. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value && 'create' in value
}

/** The plugins among a module's exports, also inside exported arrays. */
export function pluginsIn(module: object): readonly Plugin[] {
  return [...new Set(Object.values(module).flat(1).filter(isPlugin))]
}

const home = Symbol.for('tianjillm.registry')

/** The registry that `import '@tianjillm/<kind>-<name>/register'` fills; one per process, whatever copies of core are loaded. */
export function defaultRegistry(): Registry {
  const scope = globalThis as { [home]?: Registry }
  return (scope[home] ??= createRegistry())
}
