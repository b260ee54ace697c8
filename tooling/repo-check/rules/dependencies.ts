import type { Package } from '../../workspace/workspace.ts'
import type { Repository } from '../repository.ts'
import type { Problem, Rule } from '../rule.ts'

/** Versions stand in one place: the catalog of pnpm-workspace.yaml. */
export const dependencies: Rule = {
  name: 'dependencies',
  check: (repository) => repository.packages.flatMap((pkg) => [
    ...pinned(repository, pkg, 'dependencies'),
    ...pinned(repository, pkg, 'devDependencies'),
    ...pinned(repository, pkg, 'optionalDependencies'),
    ...pinned(repository, pkg, 'peerDependencies'),
  ]),
}

function pinned(repository: Repository, pkg: Package, field: 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies'): Problem[] {
  return Object.entries(pkg.manifest[field] ?? {}).flatMap(([name, range]): Problem[] => {
    const internal = repository.byName(name) !== undefined
    // A peer is the host's choice: a range is what it is for.
    if (internal ? range === 'workspace:^' || range === 'workspace:*' : range.startsWith('catalog:') || field === 'peerDependencies') return []
    return [{
      where: `${pkg.dir}/package.json`,
      what: `${field} has "${name}": "${range}".`,
      fix: internal ? 'Write "workspace:^".' : 'Write "catalog:" and put the version into the catalog of pnpm-workspace.yaml.',
    }]
  })
}

/** One line: what integrations bring along beside the workspace's own packages and valibot. */
export function countDependencies(repository: Repository): string {
  const integrations = repository.packages.filter((pkg) => pkg.layer === 'integration')
  const heavy = integrations.flatMap((pkg) => {
    const names = Object.keys(pkg.manifest.dependencies ?? {}).filter((name) => repository.byName(name) === undefined && name !== 'valibot')
    return names.length === 0 ? [] : [`${pkg.dir}: ${names.join(', ')}`]
  })
  return [`${integrations.length} integrations, ${heavy.length} with dependencies of their own`, ...heavy.map((line) => `  ${line}`)].join('\n')
}
