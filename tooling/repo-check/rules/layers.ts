import { dirname, join, normalize } from 'node:path/posix'
import type { Layer, Package } from '../../workspace/workspace.ts'
import { isTestFile } from '../repository.ts'
import type { Import } from '../source.ts'
import type { Problem, Rule } from '../rule.ts'

/** Who may import whom: `apps -> server -> engines -> core <- kits <- integrations`. */
const below: Readonly<Record<Layer, readonly Layer[]>> = {
  core: [],
  // Speaks to a gateway over HTTP, in other people's programs: it brings nothing of the gateway along.
  client: [],
  kits: ['core'],
  engines: ['core'],
  data: ['core', 'engines'],
  storage: ['core', 'engines'],
  server: ['core', 'kits', 'engines', 'server'],
  integration: ['core', 'kits'],
  apps: ['core', 'client', 'kits', 'engines', 'data', 'storage', 'server', 'integration'],
  examples: ['core', 'client', 'kits', 'engines', 'data', 'storage', 'server', 'integration', 'apps', 'examples'],
  internal: ['core', 'client', 'kits', 'engines', 'data', 'storage', 'server', 'integration', 'apps'],
}

/** Folder -> folders in its own or a higher layer that it may import all the same. The only place for exceptions. */
const alsoAllowed: Readonly<Record<string, readonly string[]>> = {
  // The suites need real sockets, and read streams as the gateway does.
  'packages/kits/test-kit': ['packages/kits/connector', 'packages/kits/provider-kit'],
  // Its records are kept as callers' are: one form of store, one way on which changes are told.
  'packages/engines/configuration': ['packages/engines/auth'],
  // Limits and the answer cache reach Redis with the same client.
  'packages/redis': ['packages/kits/redis-kit'],
  // Parent dialects: the child speaks the parent's words with another address and credential.
  'packages/providers/azure': ['packages/providers/openai'],
  'packages/providers/vertex-ai': ['packages/providers/gemini', 'packages/providers/anthropic'],
}

/** Of layer `storage` -> engines whose code, and not their port alone, it may import. */
const logicAllowed: Readonly<Record<string, readonly string[]>> = {
  // Counts in Redis are twins of those in memory, and fall back to them: one arithmetic for both.
  'packages/redis': ['packages/engines/limits'],
}

/** Layers point one way, and packages know each other by name only. */
export const layers: Rule = {
  name: 'layers',
  check(repository) {
    const problems: Problem[] = []
    for (const pkg of repository.packages) {
      for (const name of Object.keys({ ...pkg.manifest.dependencies, ...pkg.manifest.peerDependencies, ...pkg.manifest.optionalDependencies })) {
        const target = repository.byName(name)
        if (target && !mayImport(pkg, target, false)) problems.push(forbidden(`${pkg.dir}/package.json`, pkg, target))
      }
      for (const file of repository.files(pkg)) {
        for (const used of repository.source(file).imports) {
          const problem = used.specifier.startsWith('.') ? leavesPackage(pkg, file, used) : checkNamed(pkg, file, used, repository.byName(packageOf(used.specifier)))
          if (problem) problems.push(problem)
        }
      }
    }
    return problems
  },
}

function checkNamed(pkg: Package, file: string, used: Import, target: Package | undefined): Problem | undefined {
  const where = `${file}:${used.line}`
  if (target === undefined || target === pkg) return undefined
  if (!mayImport(pkg, target, isTestFile(file))) return forbidden(where, pkg, target)
  if (pkg.layer === 'storage' && target.layer === 'engines' && !used.typeOnly && !isTestFile(file) && !(logicAllowed[pkg.dir] ?? []).includes(target.dir)) {
    return { where, what: `storage imports code of ${target.dir}: it may know an engine's port, not its logic.`, fix: 'Use `import type`.' }
  }
  return undefined
}

function mayImport(pkg: Package, target: Package, fromTest: boolean): boolean {
  return pkg === target
    || below[pkg.layer].includes(target.layer)
    || (fromTest && target.layer === 'kits')
    || (alsoAllowed[pkg.dir] ?? []).includes(target.dir)
}

function forbidden(where: string, pkg: Package, target: Package): Problem {
  const allowed = below[pkg.layer].length === 0 ? 'nothing of the workspace' : below[pkg.layer].join(', ')
  return {
    where,
    what: `${pkg.dir} (${pkg.layer}) must not know ${target.dir} (${target.layer}): ${pkg.layer} may import ${allowed}.`,
    fix: target.layer === 'integration'
      ? 'Let the registry find the integration by its name in the config; a parent dialect is listed in tooling/repo-check/rules/layers.ts.'
      : 'Move the code down to the layer that both may import, or take it as an argument through a port.',
  }
}

function leavesPackage(pkg: Package, file: string, { specifier, line }: Import): Problem | undefined {
  const target = normalize(join(dirname(file), specifier))
  if (target.startsWith(`${pkg.dir}/`) || pkg.layer === 'internal') return undefined
  return { where: `${file}:${line}`, what: `${specifier} leaves the package: another package is known by its name only.`, fix: 'Import it by its npm name and add it to the dependencies.' }
}

/** `@scope/name/sub` -> `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}
