import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistry } from '@tianjillm/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createPluginLoader } from './load-plugin.ts'

const root = mkdtempSync(join(tmpdir(), 'tianjillm-plugins-'))
afterAll(() => rmSync(root, { recursive: true }))

const plugin = (name: string, kind = 'provider') =>
  `Object.freeze({ apiVersion: 1, kind: '${kind}', name: '${name}', version: '1.0.0', config: { '~standard': { version: 1, vendor: 'x', validate: (value) => ({ value }) } }, create: () => ({ adapters: {} }) })`

/** Installs a package beside the config. */
function install(name: string, source: string, exports: unknown = { '.': { import: './index.js' } }): void {
  const dir = join(root, 'node_modules', name)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module', exports }))
  writeFileSync(join(dir, 'index.js'), source)
}

const loader = () => createPluginLoader(createRegistry(), root)

describe('a package of somebody else, installed beside the config', () => {
  it.each([
    ['import only', { '.': { import: './index.js' } }],
    ['nested', { '.': { types: './index.d.ts', node: { import: './index.js' } } }],
    ['default', { '.': { default: './index.js' } }],
    ['text', './index.js'],
    ['without paths', { import: './index.js' }],
  ])('is found by its name, exports: %s', async (how, exports) => {
    const name = `@acme/${how.replaceAll(' ', '-')}`
    install(name, `export const a = ${plugin('acme')}`, exports)
    expect((await loader().load('provider', name)).name).toBe('acme')
  })

  it('is named as often as one likes, and its plugin by its own name afterwards', async () => {
    install('@acme/echo', `export const a = ${plugin('acme-echo')}`)
    const plugins = loader()
    const first = await plugins.load('provider', '@acme/echo')
    expect(await plugins.load('provider', '@acme/echo')).toBe(first)
    expect(await plugins.load('provider', 'acme-echo')).toBe(first)
  })

  it('may bring one plugin of each kind', async () => {
    install('@acme/both', `export const plugins = [${plugin('acme')}, ${plugin('acme', 'guardrail')}]`)
    expect((await loader().load('guardrail', '@acme/both')).kind).toBe('guardrail')
  })

  it('with several of a kind asks for the name of one', async () => {
    install('@acme/many', `export const plugins = [${plugin('one')}, ${plugin('two')}]`)
    const plugins = loader()
    await expect(plugins.load('provider', '@acme/many')).rejects.toMatchObject({ code: 'unknown_plugin', message: expect.stringContaining('one, two') as string })
    expect((await plugins.load('provider', 'two')).name).toBe('two')
  })

  it.each([
    ['@acme/absent', undefined, 'npm install @acme/absent'],
    ['@acme/empty', 'export const x = 1', 'exports no tianjiLLM plugin'],
    ['@acme/other', `export const a = ${plugin('a', 'callback')}`, 'has no provider'],
    ['@acme/broken', 'throw new Error("on purpose")', 'on purpose'],
    ['@acme/needs', 'import "nothing-of-that-name"', 'nothing-of-that-name'],
  ])('%s is refused, saying why', async (name, source, why) => {
    if (source !== undefined) install(name, source)
    await expect(loader().load('provider', name)).rejects.toMatchObject({ code: 'unknown_plugin', message: expect.stringContaining(why) as string })
  })
})

it('a name that came over the API finds what is shipped or registered, and becomes no module specifier', async () => {
  install('@acme/somebodys', `export const one = ${plugin('somebodys')}`)
  install('@tianjillm/providers-lookalike', `export const one = ${plugin('lookalike')}`)
  const plugins = loader()
  expect((await plugins.loadShipped('provider', 'openai')).name).toBe('openai')
  for (const name of ['@acme/somebodys', 'lookalike', './x.js', 'node:fs', 'data:text/javascript,1']) await expect(plugins.loadShipped('provider', name)).rejects.toMatchObject({ code: 'unknown_plugin' })
  await plugins.importPackage('@acme/somebodys')
  expect((await plugins.loadShipped('provider', 'somebodys')).name).toBe('somebodys')
})
