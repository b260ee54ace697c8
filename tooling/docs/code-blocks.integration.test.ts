import { execFile } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { findRoot, readWorkspace, sourceCondition } from '../workspace/workspace.ts'
import { blocksOf, type CodeBlock } from './code-blocks.ts'

const root = findRoot(import.meta.dirname)
const dir = join(root, 'tooling/node_modules/.cache/code-blocks')
const packages = readWorkspace(root)

/** Where imports in documents lead: our packages to their sources, others to what any package has installed. */
function paths(): Record<string, string[]> {
  const ours = packages.flatMap(({ dir: folder, manifest: { name, exports = {} } }) =>
    Object.entries(typeof exports === 'string' ? { '.': exports } : exports).map(([subpath, target]) => [`${name}${subpath.slice(1)}`, [join(root, folder, typeof target === 'string' ? target : target[sourceCondition]!)]] as const))
  return { ...Object.fromEntries(ours), '*': packages.map(({ dir: folder }) => join(root, folder, 'node_modules/*')) }
}

/** What the compiler says about the blocks, each problem with its place in the document. Files of the reader (`./plugin.ts`) need not be there. */
async function problemsOf(blocks: readonly CodeBlock[]): Promise<string[]> {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  blocks.forEach(({ code }, i) => writeFileSync(join(dir, `${i}.ts`), `${code}\nexport {}\n`))
  // READMEs of plugins call it `host`, which their reader has.
  writeFileSync(join(dir, 'host.d.ts'), 'declare const host: import(\'@tianjillm/core\').Host\n')
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}')
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: { customConditions: [sourceCondition], paths: paths(), typeRoots: [join(root, 'node_modules/@types')] },
    files: ['host.d.ts', ...blocks.map((_, i) => `${i}.ts`)],
  }))
  const told = await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(dir, 'tsconfig.json'), '--noEmit', '--pretty', 'false']).then(({ stdout }) => stdout, (error: { stdout: string }) => error.stdout)
  return told.split('\n').filter((line) => line.includes('error TS') && !/Cannot find module '\.\.?\//.test(line)).map((line) => {
    const [, i, row, message] = /(\d+)\.ts\((\d+),\d+\): (.*)/.exec(line) ?? []
    const block = blocks[Number(i)]
    return block === undefined ? line : `${block.file}:${block.line + Number(row)}: ${message}`
  })
}

it('finds the blocks that are programs, with their lines', () => {
  const text = 'x\n\n```ts\nimport { a } from \'@tianjillm/core\'\n```\n\n```ts\nfragment()\n```\n\n```yaml\na: 1\n```\n'
  expect(blocksOf('a.md', text)).toEqual([{ file: 'a.md', line: 3, code: 'import { a } from \'@tianjillm/core\'\n' }])
})

it('every program in the documents and READMEs type-checks', async () => {
  const files = globSync(['docs/**/*.md', 'README.md', '{packages,apps,examples}/**/README.md'], { cwd: root, exclude: (name) => name.includes('node_modules') })
  const blocks = files.sort().flatMap((file) => blocksOf(file, readFileSync(join(root, file), 'utf8')))
  expect(blocks.length).toBeGreaterThan(5)
  expect(await problemsOf(blocks)).toEqual([])
})

it('would tell of a name that is not exported', async () => {
  const problems = await problemsOf([{ file: 'a.md', line: 7, code: 'import { nothing } from \'@tianjillm/core\'\n' }])
  expect(problems).toEqual([expect.stringMatching(/^a\.md:8: error TS2305/)])
})
