import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entriesOf, findRoot, isPublished, type Package, readWorkspace } from '../workspace/workspace.ts'
import { checkTarball } from './check-tarball.ts'

/** Packs every package that goes to the registry, as it would go, and checks each archive. */
async function main(): Promise<number> {
  const root = findRoot(import.meta.dirname)
  const packages = readWorkspace(root).filter(isPublished)
  const unbuilt = packages.filter((pkg) => entriesOf(pkg).some((file) => !existsSync(join(root, pkg.dir, file.replace(/^\.\/src\//, 'dist/').replace(/\.ts$/, '.js')))))
  if (unbuilt.length > 0) {
    console.error(`Not built: ${unbuilt.map((pkg) => pkg.dir).join(', ')}. Run \`pnpm build\` first.`)
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'pack-check-'))
  try {
    pack(root, packages, folder)
    const problems = await inParallel(2, readdirSync(folder).sort(), async (file) => {
      const found = await checkTarball(join(folder, file))
      console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${file}`)
      return found.map((problem) => `${file}: ${problem}`)
    })
    for (const problem of problems.flat()) console.error(problem)
    console.log(`${packages.length} packages, ${problems.flat().length} problems`)
    return problems.flat().length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function pack(root: string, packages: readonly Package[], folder: string): void {
  const filters = packages.flatMap((pkg) => ['--filter', `./${pkg.dir}`])
  execFileSync('pnpm', ['--recursive', ...filters, 'pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function inParallel<In, Out>(width: number, items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = []
  const queue = items.entries()
  await Promise.all(Array.from({ length: width }, async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }))
  return results
}

process.exitCode = await main()
