import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'
import { entriesOf, findRoot, isPublished, readWorkspace } from '../workspace/workspace.ts'

// tsup bundles this file before it runs it, so the folder of the file is not to be had: it is started in the root.
const root = findRoot(process.cwd())

/** One process builds every package: starting tsup once per package took 20 times as long. */
export default defineConfig(readWorkspace(root).filter(isPublished).flatMap((pkg): Options[] => {
  const entries = entriesOf(pkg)
  if (entries.length === 0) return []
  return [{
    name: pkg.dir,
    entry: entries.map((file) => join(pkg.dir, file)),
    outDir: join(pkg.dir, 'dist'),
    format: ['esm'],
    target: 'node22',
    platform: 'node',
    dts: false,
    // What "." and "./register" share goes to a chunk: a copy in each would be two plugin objects of one name, which the registry refuses.
    splitting: true,
    // Chunks carry a hash in their name, so old ones would pile up. The declarations come back in the next step of the build.
    clean: true,
    silent: true,
    external: [/^[^./]/],
    // `node:sqlite` has no name without the prefix.
    removeNodeProtocol: false,
    tsconfig: join(root, 'tsconfig.json'),
  }]
}))
