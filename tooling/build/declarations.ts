import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findRoot, isPublished, readWorkspace } from '../workspace/workspace.ts'

/**
 * Emits the declarations of all packages with one compiler run and copies each package's to its
 * `dist`. One program for all: the compiler reads each file once, and keeps its state between runs.
 */
function emit(root: string): void {
  const { status } = spawnSync('tsc', ['-p', join(root, 'tooling/build/tsconfig.declarations.json')], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`tsc ended with status ${status}: no declarations were copied`)
  for (const pkg of readWorkspace(root).filter(isPublished)) copyDeclarations(root, pkg.dir)
}

/** Brings `dist` in line with the sources: copies what is new or changed, removes what has no source any more. */
function copyDeclarations(root: string, dir: string): void {
  const emitted = join(root, 'node_modules/.cache/types', dir, 'src')
  const source = join(root, dir, 'src')
  const dist = join(root, dir, 'dist')
  const current = new Set(globSync('**/*.d.ts', { cwd: emitted }).filter((file) => existsSync(join(source, file.replace(/\.d\.ts$/, '.ts')))))
  for (const file of globSync('**/*.d.ts', { cwd: dist })) if (!current.has(file)) rmSync(join(dist, file))
  for (const file of current) {
    const [from, to] = [join(emitted, file), join(dist, file)]
    if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) continue
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
  }
}

emit(findRoot(import.meta.dirname))
