import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The storeys of the house (docs: architecture, "The house"), by folder. */
export type Layer = 'core' | 'client' | 'kits' | 'engines' | 'data' | 'storage' | 'server' | 'integration' | 'apps' | 'examples' | 'internal'

/** Folders of `packages/` that hold integrations, one package a sub-folder. */
export const integrationKinds = ['providers', 'callbacks', 'guardrails', 'caches', 'secrets', 'strategies', 'archives'] as const
export type IntegrationKind = (typeof integrationKinds)[number]

/** The fields of a package.json that the tooling reads. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly type?: string
  readonly keywords?: readonly string[]
  readonly files?: readonly string[]
  readonly sideEffects?: boolean | readonly string[]
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly bin?: string | Readonly<Record<string, string>>
  readonly engines?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** One package of the workspace. */
export interface Package {
  /** Folder from the root, with forward slashes: `packages/providers/openai`. */
  readonly dir: string
  /** The folder's own name: `openai`. */
  readonly folder: string
  readonly layer: Layer
  /** Only of integrations. */
  readonly kind?: IntegrationKind
  readonly manifest: Manifest
}

const places: readonly { readonly glob: string; readonly layer: Layer; readonly kind?: IntegrationKind }[] = [
  { glob: 'packages/core', layer: 'core' },
  { glob: 'packages/client', layer: 'client' },
  { glob: 'packages/prices', layer: 'data' },
  { glob: 'packages/storage', layer: 'storage' },
  { glob: 'packages/redis', layer: 'storage' },
  { glob: 'packages/kits/*', layer: 'kits' },
  { glob: 'packages/engines/*', layer: 'engines' },
  { glob: 'packages/server/*', layer: 'server' },
  ...integrationKinds.map((kind) => ({ glob: `packages/${kind}/*`, layer: 'integration' as const, kind })),
  { glob: 'apps/*', layer: 'apps' },
  { glob: 'examples/*', layer: 'examples' },
  { glob: 'tooling', layer: 'internal' },
  { glob: 'bench', layer: 'internal' },
]

/** Reads every package below `root`, in the order of the layers, by folder name within one. */
export function readWorkspace(root: string): Package[] {
  return places.flatMap(({ glob, layer, kind }) =>
    globSync(`${glob}/package.json`, { cwd: root })
      .map((file) => file.replaceAll('\\', '/').slice(0, -'/package.json'.length))
      .sort()
      .map((dir) => ({
        dir,
        folder: dir.slice(dir.lastIndexOf('/') + 1),
        layer,
        ...(kind && { kind }),
        manifest: readManifest(join(root, dir, 'package.json')),
      })))
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error })
  }
}

/** Whether the package goes to the registry. */
export function isPublished(pkg: Package): boolean {
  return pkg.manifest.private !== true && pkg.layer !== 'examples' && pkg.layer !== 'internal'
}

/** The condition under which the workspace runs sources. */
export const sourceCondition = '@tianjillm/source'

/**
 * The source files that a package's build starts from, relative to its folder: what `exports`
 * names under the source condition, and the source of each `bin`.
 */
export function entriesOf(pkg: Package): string[] {
  const exported = Object.values(pkg.manifest.exports ?? {}).flatMap((target) => (typeof target === 'string' ? [] : target[sourceCondition] ?? []))
  const bins = typeof pkg.manifest.bin === 'string' ? [pkg.manifest.bin] : Object.values(pkg.manifest.bin ?? {})
  const commands = bins.map((file) => file.replace(/^(\.\/)?dist\//, './src/').replace(/\.js$/, '.ts'))
  return [...new Set([...exported, ...commands])]
}

/** Nearest folder at or above `from` that holds pnpm-workspace.yaml. */
export function findRoot(from: string): string {
  for (let dir = from; ; dir = join(dir, '..')) {
    if (existsSync(join(dir, 'pnpm-workspace.yaml'))) return dir
    if (dir === join(dir, '..')) throw new Error(`no pnpm-workspace.yaml at or above ${from}`)
  }
}
