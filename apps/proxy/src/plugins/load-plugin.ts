import { readFileSync } from 'node:fs'
import { createRequire, findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GatewayError, nearest, type Plugin, type PluginKind, type Plugins, pluginsIn, type Registry } from '@tianjillm/core'
import { folders, shippedPackages } from './shipped-packages.ts'

/** Finds plugins by the names that a config uses. */
export interface PluginLoader {
  /**
   * The plugin of that name: already registered, else imported by the naming rule
   * (`cohere` -> `@tianjillm/providers-cohere`), by what an installed package says that it provides, or
   * as a full specifier (`@acme/phi-guardrail`).
   * @throws `unknown_plugin`, `invalid_plugin`
   */
  load<Kind extends PluginKind>(kind: Kind, name: string): Promise<Plugins[Kind]>
  /**
   * As {@link load}, for names that came over the API: they never become a module specifier, so only plugins
   * that are registered or shipped are found.
   * @throws `unknown_plugin`
   */
  loadShipped<Kind extends PluginKind>(kind: Kind, name: string): Promise<Plugins[Kind]>
  /** Imports a package and registers its plugins. @throws `unknown_plugin` */
  importPackage(specifier: string): Promise<void>
  /** The names that shipped packages say they provide, of a kind. */
  names(kind: PluginKind): readonly string[]
}

/**
 * @param from folder of the config file: packages installed there are found too
 */
export function createPluginLoader(registry: Registry, from: string): PluginLoader {
  const importPackage = async (specifier: string): Promise<readonly Plugin[]> => {
    const module = await importFrom(specifier, from)
    const plugins = pluginsIn(module)
    if (plugins.length === 0) throw new GatewayError('unknown_plugin', `The package ${specifier} exports no tianjiLLM plugin.`)
    for (const plugin of plugins) registry.register(plugin)
    return plugins
  }

  const loader: PluginLoader = {
    importPackage: async (specifier) => void (await importPackage(specifier)),
    async loadShipped(kind, name) {
      const { provided } = shippedPackages()
      if (registry.get(kind, name) || provided.has(`${kind}:${name}`)) return loader.load(kind, name)
      throw unknownName(kind, name, [...provided.keys()])
    },
    names(kind) {
      const { provided } = shippedPackages()
      return [...provided.keys()].filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1))
    },
    async load(kind, name) {
      const known = registry.get(kind, name)
      if (known) return known
      const key = `${kind}:${name}`
      const full = name.startsWith('@') || name.includes('/')
      const { provided } = shippedPackages()
      const specifier = full ? name : (provided.get(key) ?? `@tianjillm/${folders[kind]}-${name}`)
      if (!full && !provided.has(key) && !isInstalled(specifier, from)) throw unknownName(kind, name, [...provided.keys()])
      const plugins = await importPackage(specifier)
      const found = registry.get(kind, name) ?? (full ? onlyOne(plugins.filter((plugin): plugin is Plugins[typeof kind] => plugin.kind === kind), specifier) : undefined)
      if (!found) throw new GatewayError('unknown_plugin', `The package ${specifier} has no ${kind}${full ? '' : ` called "${name}"`}.`)
      return found
    },
  }
  return loader
}

/** Says what is meant, rather than which package was looked for. */
function unknownName(kind: PluginKind, name: string, provided: readonly string[]): GatewayError {
  const names = provided.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1))
  const meant = nearest(name, names)
  const advice = meant === undefined ? `These are built in: ${names.sort().join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`
  return new GatewayError('unknown_plugin', `There is no ${kind} called ${JSON.stringify(name)}. ${advice} A package of your own is named in full, or installed as @tianjillm/${folders[kind]}-${name}.`)
}

/** Whether a package can be found from here or from the config's folder. */
function isInstalled(specifier: string, folder: string): boolean {
  return [import.meta.url, pathToFileURL(join(folder, 'tianjillm.config')).href].some((base) => {
    try {
      return findPackageJSON(specifier, base) !== undefined
    } catch {
      return false
    }
  })
}

/** What a package's name stands for. @throws `unknown_plugin` when it could be several plugins */
function onlyOne<P extends Plugin>(plugins: readonly P[], specifier: string): P | undefined {
  if (plugins.length < 2) return plugins[0]
  throw new GatewayError('unknown_plugin', `The package ${specifier} has several: ${plugins.map(({ name }) => name).join(', ')}. Put it under \`plugins:\` and use one of these names.`)
}

async function importFrom(specifier: string, folder: string): Promise<object> {
  try {
    return (await import(specifier)) as object
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND' || !String((error as Error).message).includes(`'${specifier}'`)) {
      throw new GatewayError('unknown_plugin', `The package ${specifier} could not be loaded: ${(error as Error).message}`, { cause: error })
    }
  }
  let path: string
  try {
    path = pathFrom(specifier, join(folder, 'tianjillm.config'))
  } catch (cause) {
    throw new GatewayError('unknown_plugin', `The package ${specifier} is not installed. Install it beside the config file (npm install ${specifier}), or correct the name.`, { cause })
  }
  try {
    return (await import(pathToFileURL(path).href)) as object
  } catch (cause) {
    throw new GatewayError('unknown_plugin', `The package ${specifier} could not be loaded: ${(cause as Error).message}`, { cause })
  }
}

/** The file that `import` of a specifier would load in a module at `from`. @throws when there is none */
function pathFrom(specifier: string, from: string): string {
  const { resolve } = createRequire(from)
  try {
    return resolve(specifier)
  } catch (error) {
    // `resolve` knows `require`; most packages of today export only for `import`.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
    const manifest = findPackageJSON(specifier, pathToFileURL(from))
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
    const exported = manifest === undefined ? undefined : (JSON.parse(readFileSync(manifest, 'utf8')) as { exports?: unknown }).exports
    const entry = importEntry(exported, `.${specifier.slice(name.length)}`)
    if (manifest === undefined || entry === undefined) throw error
    return join(dirname(manifest), entry)
  }
}

/** What `exports` has for an import of a subpath, patterns left out. Source: https://nodejs.org/api/packages.html#conditional-exports */
function importEntry(exported: unknown, subpath: string): string | undefined {
  const targets = typeof exported === 'object' && exported !== null && Object.keys(exported).some((key) => key.startsWith('.')) ? (exported as Record<string, unknown>)[subpath] : subpath === '.' ? exported : undefined
  return pick(targets)
}

function pick(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'node' && condition !== 'import' && condition !== 'module-sync' && condition !== 'default') continue
    const found = pick(inner)
    if (found !== undefined) return found
  }
  return undefined
}
