import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import type { PluginKind } from '@tianjillm/core'

/** The folder of each kind of plugin, and the middle of its packages' names. */
export const folders: Readonly<Record<PluginKind, string>> = { provider: 'providers', callback: 'callbacks', guardrail: 'guardrails', cache: 'caches', secrets: 'secrets', strategy: 'strategies', archive: 'archives' }

/** What a package says of itself under `tianjillm` in its package.json: enough to find plugins without loading any. */
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly tianjillm?: {
    /** What it provides besides its own name, as `kind:name`. */
    readonly provides?: readonly string[]
    /** Provider -> regular expression of the model names that mean it when no provider is named. */
    readonly models?: Readonly<Record<string, string>>
    /** Provider -> environment variable with its key; a start without a config serves the provider where that is set. */
    readonly keys?: Readonly<Record<string, string>>
    /** The provider in whose name the greeting answers, when nothing else is configured. */
    readonly greets?: string
  }
}

/** What the packages that this app ships with say, put together. */
export interface Shipped {
  /** `kind:name` -> package. */
  readonly provided: ReadonlyMap<string, string>
  readonly families: readonly { readonly provider: string; readonly pattern: RegExp }[]
  readonly keys: readonly { readonly provider: string; readonly variable: string }[]
  readonly greeter: string | undefined
}

let known: Shipped | undefined

/** Reads the manifests, once. */
export function shippedPackages(): Shipped {
  return known ??= read()
}

function read(): Shipped {
  const provided = new Map<string, string>()
  const families: Shipped['families'][number][] = []
  const keys: Shipped['keys'][number][] = []
  let greeter: string | undefined
  const own = manifestAt(findPackageJSON('.', import.meta.url))
  for (const dependency of Object.keys(own.dependencies ?? {})) {
    if (!dependency.startsWith('@tianjillm/')) continue
    for (const [kind, folder] of Object.entries(folders)) {
      const prefix = `@tianjillm/${folder}-`
      if (dependency.startsWith(prefix)) provided.set(`${kind}:${dependency.slice(prefix.length)}`, dependency)
    }
    const { tianjillm = {} } = manifestAt(findPackageJSON(dependency, import.meta.url))
    for (const name of tianjillm.provides ?? []) provided.set(name, dependency)
    for (const [provider, pattern] of Object.entries(tianjillm.models ?? {})) families.push({ provider, pattern: new RegExp(pattern) })
    for (const [provider, variable] of Object.entries(tianjillm.keys ?? {})) keys.push({ provider, variable })
    greeter ??= tianjillm.greets
  }
  return { provided, families, keys, greeter }
}

function manifestAt(path: string | undefined): Manifest {
  return path === undefined ? {} : (JSON.parse(readFileSync(path, 'utf8')) as Manifest)
}
