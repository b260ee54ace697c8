import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Package, readWorkspace } from '../workspace/workspace.ts'
import { parseSource, type Source } from './source.ts'

/** The tree that the rules look at. Reads each file once. */
export interface Repository {
  readonly root: string
  readonly packages: readonly Package[]
  /** The package of that npm name. */
  byName(name: string): Package | undefined
  /** TypeScript files of a package (`src`, `test`, and files in its folder), from the root, sorted. */
  files(pkg: Package): readonly string[]
  source(file: string): Source
  /** A text file, or undefined when there is none. */
  text(file: string): string | undefined
}

export function readRepository(root: string): Repository {
  const packages = readWorkspace(root)
  const names = new Map(packages.map((pkg) => [pkg.manifest.name, pkg]))
  const text = memo((file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined))
  return {
    root,
    packages,
    byName: (name) => names.get(name),
    files: memo((pkg: Package) =>
      globSync([`${pkg.dir}/*.ts`, `${pkg.dir}/{src,test}/**/*.ts`], { cwd: root, exclude: (path) => /(^|[\\/])(node_modules|dist|__fixtures__)$/.test(path) })
        .map((file) => file.replaceAll('\\', '/'))
        .filter((file) => !file.endsWith('.d.ts'))
        .sort()),
    source: memo((file: string) => parseSource(file, text(file) ?? '')),
    text,
  }
}

/** Whether the file is a test or only serves tests. */
export function isTestFile(file: string): boolean {
  return /\.test(-d)?\.ts$|\/test\/|\/__fixtures__\//.test(file)
}

function memo<In, Out>(compute: (input: In) => Out): (input: In) => Out {
  const known = new Map<In, Out>()
  return (input) => {
    if (!known.has(input)) known.set(input, compute(input))
    return known.get(input) as Out
  }
}
