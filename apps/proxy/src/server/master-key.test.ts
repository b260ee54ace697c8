import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keptMasterKey } from './master-key.ts'

const folder = (): string => join(mkdtempSync(join(tmpdir(), 'tianjillm-key-')), 'data')

it('is made once, for its owner only', () => {
  const dir = folder()
  const key = keptMasterKey(dir)
  expect(key).toMatch(/^sk-[\w-]{32}$/)
  expect(keptMasterKey(dir)).toBe(key)
  expect(statSync(join(dir, 'master-key')).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  expect(keptMasterKey(folder())).not.toBe(key)
})

it('is the same for processes that start at once', async () => {
  const dir = folder()
  const code = `import { keptMasterKey } from ${JSON.stringify(new URL('./master-key.ts', import.meta.url).href)}; process.stdout.write(keptMasterKey(${JSON.stringify(dir)}))`
  const keys = await Promise.all(Array.from({ length: 6 }, () => new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code])
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('close', () => resolve(output))
  })))
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^sk-/)
  expect(readdirSync(dir)).toEqual(['master-key'])
})

it('says what to do when it cannot be kept', () => {
  const dir = folder()
  keptMasterKey(dir)
  writeFileSync(join(dir, 'master-key'), 'oops')
  expect(() => keptMasterKey(dir)).toThrow(/holds something that is no key\. Delete it.*LITELLM_MASTER_KEY/)
  const file = join(mkdtempSync(join(tmpdir(), 'tianjillm-key-')), 'file')
  writeFileSync(file, '')
  expect(() => keptMasterKey(file)).toThrow(/ENOTDIR.*--data-dir/)
})
