import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { responseBytes } from './bytes.ts'
import { loadRecordings, loadRecordingsAbove } from './load.ts'

const root = mkdtempSync(join(tmpdir(), 'recordings-'))
afterAll(() => rmSync(root, { recursive: true }))

function folder(name: string, files: Record<string, unknown>): string {
  const dir = join(root, name)
  mkdirSync(dir, { recursive: true })
  for (const [file, content] of Object.entries(files)) writeFileSync(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}

const recording = { source: 'made up', request: { method: 'POST', url: 'https://a.example/' }, response: { status: 200, headers: {}, body: {} } }

describe('loadRecordings', () => {
  it('reads a folder by path or URL, in order, and names what has no name', () => {
    const dir = folder('good', { 'b.json': recording, 'a.json': { ...recording, name: 'first' }, 'c.json': { ...recording, id: 'acme/c' }, 'README.md': '#' })
    expect(loadRecordings(dir).map(({ name }) => name)).toEqual(['first', 'b', 'acme/c'])
    expect(loadRecordings(pathToFileURL(dir))).toEqual(loadRecordings(dir))
    expect(loadRecordings(pathToFileURL(dir).href)).toEqual(loadRecordings(dir))
  })

  it('says which file is wrong, and how', () => {
    expect(() => loadRecordings(folder('broken', { 'x.json': '{' }))).toThrow(/x\.json is not JSON/)
    expect(() => loadRecordings(folder('short', { 'y.json': { ...recording, response: undefined } }))).toThrow(/y\.json has no `response`/)
    expect(() => loadRecordings(join(root, 'absent'))).toThrow('ENOENT')
  })
})

describe('loadRecordingsAbove', () => {
  it('finds a folder in any parent, and does without', () => {
    folder('up/shared/acme', { 'a.json': recording })
    const from = join(folder('up/packages/x/src', {}), 'a.test.ts')
    expect(loadRecordingsAbove(from, 'shared/acme')).toHaveLength(1)
    expect(loadRecordingsAbove(pathToFileURL(from).href, 'shared/acme')).toHaveLength(1)
    expect(loadRecordingsAbove(from, 'shared/nobody')).toEqual([])
  })
})

describe('responseBytes', () => {
  it('reads each form', () => {
    const base = { status: 200, headers: {} }
    expect(responseBytes({ ...base, body: { a: 'é' } }).toString()).toBe('{"a":"é"}')
    expect(responseBytes({ ...base, raw: 'é' })).toHaveLength(2)
    expect([...responseBytes({ ...base, rawBase64: '/w==' })]).toEqual([255])
    expect(responseBytes(base)).toHaveLength(0)
  })
})
