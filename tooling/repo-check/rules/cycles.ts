import { dirname, join, normalize } from 'node:path/posix'
import { type Package, sourceCondition } from '../../workspace/workspace.ts'
import { isTestFile, type Repository } from '../repository.ts'
import type { Rule } from '../rule.ts'
import { packageOf } from './layers.ts'

/** No file reaches itself through run-time imports, within a package or through others. */
export const cycles: Rule = {
  name: 'cycles',
  check(repository) {
    const files = repository.packages.flatMap((pkg) => repository.files(pkg)).filter((file) => !isTestFile(file))
    const known = new Set(files)
    const graph = new Map(files.map((file) => [file, targets(repository, file).filter((target) => known.has(target))]))
    return loops(graph).map((loop) => ({
      where: loop[0] as string,
      what: `Run-time imports go in a circle: ${[...loop, loop[0]].join(' -> ')}.`,
      fix: 'Import the file that has the name instead of an index, use `import type`, or move what both need to a file of its own.',
    }))
  },
}

function targets(repository: Repository, file: string): string[] {
  return repository.source(file).imports.filter((used) => !used.typeOnly && !used.dynamic).flatMap(({ specifier }) => {
    if (specifier.startsWith('.')) return [normalize(join(dirname(file), specifier))]
    const pkg = repository.byName(packageOf(specifier))
    return pkg ? (exportedFile(pkg, specifier) ?? []) : []
  })
}

function exportedFile(pkg: Package, specifier: string): string | undefined {
  const target = pkg.manifest.exports?.[`.${specifier.slice((pkg.manifest.name ?? '').length)}`]
  return typeof target === 'object' && target[sourceCondition] !== undefined ? normalize(join(pkg.dir, target[sourceCondition])) : undefined
}

/** One loop of each strongly connected group (Tarjan). */
function loops(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const visit = (node: string): void => {
    order.set(node, order.size)
    low.set(node, order.get(node) as number)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) as number, low.get(next) as number))
    }
    if (low.get(node) !== order.get(node)) return
    const group = new Set(stack.splice(stack.indexOf(node)))
    const loop = wayBack(graph, group, node)
    if (loop) found.push(loop)
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return found
}

/** The shortest way from `start` to itself inside its group. */
function wayBack(graph: ReadonlyMap<string, readonly string[]>, group: ReadonlySet<string>, start: string): string[] | undefined {
  const seen = new Set<string>()
  const queue: string[][] = [[start]]
  for (const path of queue) {
    for (const next of graph.get(path.at(-1) as string) ?? []) {
      if (next === start) return path
      if (!group.has(next) || seen.has(next)) continue
      seen.add(next)
      queue.push([...path, next])
    }
  }
  return undefined
}
