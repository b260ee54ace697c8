import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { check } from '../repo-check/check.ts'
import { readRepository } from '../repo-check/repository.ts'
import { optionsDoc } from '../repo-check/rules/options-doc.ts'
import { writeTree } from '../repo-check/test/tree.ts'
import { findRoot, readWorkspace } from '../workspace/workspace.ts'
import { generate, type Kind, kinds } from './generate.ts'

const run = promisify(execFile)
const root = findRoot(import.meta.dirname)
const every = Object.keys(kinds) as Kind[]
const command = (name: string) => join(root, 'node_modules/.bin', name)

/** A tree with a package of each kind, and the real core and kits where they look for them. */
function treeOfAll(): { tree: string; files: string[] } {
  const tree = writeTree({ 'pnpm-workspace.yaml': '' })
  mkdirSync(join(tree, 'node_modules/@tianjillm'), { recursive: true })
  for (const pkg of readWorkspace(root).filter(({ layer }) => layer === 'core' || layer === 'kits')) symlinkSync(join(root, pkg.dir), join(tree, 'node_modules', pkg.manifest.name ?? ''))
  return { tree, files: every.flatMap((kind) => generate(tree, { kind, name: 'acme-ai' })) }
}

/** Suites that the test kit offers; a template's test is only checked against a suite that is there. */
const testKit = join(root, 'packages/kits/test-kit/src/index.ts')
const suites = existsSync(testKit) ? readFileSync(testKit, 'utf8') : ''
const isCheckable = (tree: string, file: string) => !file.endsWith('.test.ts') || suites.includes(/describe[A-Z]\w+/.exec(readFileSync(join(tree, file), 'utf8'))?.[0] ?? 'nothing')

describe('a generated plugin of each kind', () => {
  it('passes the type check of the workspace', async () => {
    const { tree, files } = treeOfAll()
    const checked = files.filter((file) => file.endsWith('.ts') && isCheckable(tree, file))
    expect(checked.length).toBeGreaterThanOrEqual(23)
    const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions: { customConditions: ['@tianjillm/source'], typeRoots: [join(root, 'node_modules/@types')] }, files: checked }
    writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify(config))
    expect(await run(command('tsc'), ['-p', tree, '--noEmit']).catch((error: { stdout: string }) => error)).toMatchObject({ stdout: '' })
  })

  it('passes lint', async () => {
    // Not in the usual place: the linter looks at nothing below node_modules.
    const tree = mkdtempSync(join(tmpdir(), 'create-plugin-'))
    onTestFinished(() => rmSync(tree, { recursive: true }))
    for (const kind of every) generate(tree, { kind, name: 'acme-ai' })
    writeFileSync(join(tree, '.oxlintrc.json'), readFileSync(join(root, '.oxlintrc.json')))
    expect(await run(command('oxlint'), ['--deny-warnings'], { cwd: tree }).catch((error: { stdout: string }) => error)).toMatchObject({ stdout: expect.stringMatching(/0 warnings and 0 errors[^]*on [1-9]\d files/) })
  })

  it('has the options table that its schema gives', async () => {
    const { tree } = treeOfAll()
    expect(await check(readRepository(tree), [optionsDoc])).toEqual([])
  })
})
