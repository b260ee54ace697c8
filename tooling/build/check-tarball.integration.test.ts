import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkTarball } from './check-tarball.ts'

describe('checkTarball', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-tarball-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function pack(exports: object, files: Record<string, string>): string {
    mkdirSync(join(folder, 'package/dist'), { recursive: true })
    const manifest = { name: 'sample', version: '1.0.0', type: 'module', license: 'MIT', files: ['dist'], exports }
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'package', name), text)
    execFileSync('tar', ['-czf', 'sample.tgz', 'package'], { cwd: folder })
    return join(folder, 'sample.tgz')
  }

  it('accepts an ESM package whose entry has code and declarations', async () => {
    const file = pack({ '.': { types: './dist/index.d.ts', default: './dist/index.js' } }, {
      'dist/index.js': 'export const answer = 42\n',
      'dist/index.d.ts': 'export declare const answer: number\n',
    })
    expect(await checkTarball(file)).toEqual([])
  })

  it('names the entry whose declarations were not packed', async () => {
    const file = pack({ '.': { types: './dist/index.d.ts', default: './dist/index.js' } }, { 'dist/index.js': 'export const answer = 42\n' })
    const problems = (await checkTarball(file)).join('\n')
    expect(problems).toContain('publint')
    expect(problems).toContain('dist/index.d.ts')
  })

  it('names a declaration file that imports in a way Node cannot resolve', async () => {
    const file = pack({ '.': { types: './dist/index.d.ts', default: './dist/index.js' } }, {
      'dist/index.js': 'export const answer = 42\n',
      'dist/index.d.ts': "export { answer } from './answer'\n",
      'dist/answer.d.ts': 'export declare const answer: number\n',
    })
    const problems = (await checkTarball(file)).join('\n')
    expect(problems).toContain('attw')
    expect(problems).toContain('Internal resolution error')
  })

  it('refuses a package whose `types` condition comes after `default`', async () => {
    const file = pack({ '.': { default: './dist/index.js', types: './dist/index.d.ts' } }, {
      'dist/index.js': 'export const answer = 42\n',
      'dist/index.d.ts': 'export declare const answer: number\n',
    })
    expect((await checkTarball(file)).join('\n')).toContain('types')
  })
})
