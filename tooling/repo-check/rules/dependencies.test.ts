import { describe, expect, it } from 'vitest'
import { readRepository } from '../repository.ts'
import { goodPackage, messages, writeTree } from '../test/tree.ts'
import { countDependencies, dependencies } from './dependencies.ts'

describe('dependencies', () => {
  const core = goodPackage('packages/core')

  it('accepts the catalog, the workspace and ranges of peers', async () => {
    expect(await messages(dependencies, {
      ...core,
      ...goodPackage('packages/kits/test-kit', {
        dependencies: { '@tianjillm/core': 'workspace:^', valibot: 'catalog:' },
        devDependencies: { vitest: 'catalog:test' },
        peerDependencies: { vitest: '>=4' },
      }),
    })).toEqual([])
  })

  it('refuses a version of its own', async () => {
    expect(await messages(dependencies, goodPackage('packages/core', { dependencies: { undici: '^7.0.0' } }))).toEqual([expect.stringContaining('put the version into the catalog')])
  })

  it('refuses a version of a workspace package, as a peer too', async () => {
    const found = await messages(dependencies, { ...core, ...goodPackage('packages/kits/one', { peerDependencies: { '@tianjillm/core': '^0.1.0' } }) })
    expect(found).toEqual([expect.stringContaining('Write "workspace:^"')])
  })

  it('counts what integrations bring along', () => {
    const root = writeTree({
      ...goodPackage('packages/kits/provider-kit'),
      ...goodPackage('packages/providers/acme', { dependencies: { '@tianjillm/provider-kit': 'workspace:^', valibot: 'catalog:', aws4fetch: 'catalog:' } }),
      ...goodPackage('packages/providers/plain'),
    })
    expect(countDependencies(readRepository(root))).toBe('2 integrations, 1 with dependencies of their own\n  packages/providers/acme: aws4fetch')
  })
})
