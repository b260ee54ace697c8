import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { shape } from './shape.ts'

const acme = 'packages/providers/acme'

describe('shape', () => {
  it('accepts a library and an integration that keep it', async () => {
    expect(await messages(shape, { ...goodPackage('packages/core'), ...goodPackage('packages/kits/provider-kit'), ...goodPackage(acme) })).toEqual([])
  })

  it.each([
    ['name', { name: '@tianjillm/acme' }, '"name": "@tianjillm/providers-acme"'],
    ['version', { version: undefined }, '"version": "0.1.0"'],
    ['description', { description: '' }, 'one sentence'],
    ['license', { license: 'ISC' }, '"license": "MIT"'],
    ['type', { type: 'commonjs' }, '"type": "module"'],
    ['engines', { engines: undefined }, '"node"'],
    ['files', { files: ['dist'] }, '"!src/**/*.test.ts"'],
  ])('names a wrong %s and what to write', async (field, change, wanted) => {
    const found = await messages(shape, goodPackage(acme, change))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${acme}/package.json: [shape] \`${field}\``)
    expect(found[0]).toContain(wanted)
  })

  it('wants sideEffects to be said, and only the register entry of an integration to have them', async () => {
    expect((await messages(shape, goodPackage('packages/core', { sideEffects: undefined }))).join()).toContain('`sideEffects` is missing')
    expect((await messages(shape, goodPackage(acme, { sideEffects: false }))).join()).toContain('only the register entry')
  })

  it('wants the source condition first, since the first match wins', async () => {
    const exports = { '.': { types: './dist/index.d.ts', '@tianjillm/source': './src/index.ts', default: './dist/index.js' } }
    expect((await messages(shape, goodPackage('packages/core', { exports }))).join()).toContain('in this order')
  })

  it('refuses exports that the build does not make, or that have no source', async () => {
    const entry = (source: string, built: string) => ({ '.': { '@tianjillm/source': `./src/${source}.ts`, types: `./dist/${built}.d.ts`, default: `./dist/${built}.js` } })
    expect((await messages(shape, goodPackage('packages/core', { exports: entry('index', 'main') }))).join()).toContain('./dist/index.js')
    expect((await messages(shape, goodPackage('packages/core', { exports: entry('gone', 'gone') }))).join()).toContain('does not exist')
  })

  it('wants a register entry, the keyword, and core as a peer of an integration', async () => {
    const found = await messages(shape, goodPackage(acme, { exports: {}, keywords: [], peerDependencies: {}, dependencies: { '@tianjillm/core': 'workspace:^' } }))
    expect(found).toEqual([
      expect.stringContaining('An integration exports "." (pure) and "./register"'),
      expect.stringContaining('The keyword by which plugins are found is missing'),
      expect.stringContaining('Core is a peer of an integration'),
    ])
  })

  it('wants plugin.ts and config.ts', async () => {
    const { [`${acme}/src/config.ts`]: _config, ...rest } = goodPackage(acme)
    expect(await messages(shape, rest)).toEqual([expect.stringContaining('src/config.ts')])
  })

  it('refuses configuration files in a package', async () => {
    expect(await messages(shape, { ...goodPackage('packages/core'), 'packages/core/tsconfig.json': '{}' })).toEqual([expect.stringContaining('packages/core/tsconfig.json: [shape]')])
  })

  it('leaves private packages and examples alone', async () => {
    expect(await messages(shape, { 'packages/kits/inner/package.json': { private: true }, 'examples/embed/package.json': {} })).toEqual([])
  })
})
