import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRoot, readWorkspace } from '../workspace/workspace.ts'
import { optionsTable, pluginOf, withOptions } from './options-table.ts'

const root = findRoot(import.meta.dirname)
for (const pkg of readWorkspace(root).filter(({ layer }) => layer === 'integration')) {
  const file = join(root, pkg.dir, 'README.md')
  const plugin = existsSync(file) ? await pluginOf(root, pkg) : undefined
  if (plugin === undefined) continue
  const text = readFileSync(file, 'utf8')
  const wanted = withOptions(text, optionsTable(plugin))
  if (wanted === undefined || wanted === text) continue
  writeFileSync(file, wanted)
  console.log(`wrote ${pkg.dir}/README.md`)
}
