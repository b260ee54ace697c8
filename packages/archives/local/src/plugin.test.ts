import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestHost, describeArchive } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterAll, expect, it } from 'vitest'
import { localConfig } from './config.ts'
import { localPlugin } from './plugin.ts'

const folder = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const signal = new AbortController().signal
const open = (archive_dir: string) => localPlugin.create(v.parse(localConfig, { archive_dir }), createTestHost())
const object = (name: string, body = 'x') => ({ name, contentType: 'application/gzip', body: Buffer.from(body) })

describeArchive({ plugin: localPlugin, config: { archive_dir: join(folder, 'suite') }, location: /^file:\/\/\/.*suite$/ })

it.each(['../out', '/etc/passwd', 'a/../../b', '', 'a//b', '.a', 'a/.b', 'a\\b'])('the name %j leads nowhere', async (name) => {
  const archive = await open(join(folder, 'names'))
  await expect(archive.put(object(name), signal)).rejects.toMatchObject({ code: 'internal' })
  await expect(archive.get(name, signal)).rejects.toMatchObject({ code: 'internal' })
})

it('what a killed process left of an object goes when the object is written again', async () => {
  const archive = await open(join(folder, 'left'))
  await archive.put(object('a/b'), signal)
  writeFileSync(join(folder, 'left/a/.b.0.tmp'), 'half')
  await archive.put(object('a/b', 'whole'), signal)
  expect([readdirSync(join(folder, 'left/a')), readFileSync(join(folder, 'left/a/b'), 'utf8')]).toEqual([['b'], 'whole'])
})

it('a place that cannot be written is a coded error', async () => {
  writeFileSync(join(folder, 'file'), '')
  const archive = await open(join(folder, 'file'))
  await expect(archive.put(object('a'), signal)).rejects.toMatchObject({ code: 'upstream_error', message: expect.stringContaining('archive_dir') })
  await expect(archive.get('a/b', signal)).rejects.toMatchObject({ code: 'upstream_error' })
})
