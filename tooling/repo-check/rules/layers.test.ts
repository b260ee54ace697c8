import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { layers } from './layers.ts'

const house = {
  ...goodPackage('packages/core'),
  ...goodPackage('packages/kits/provider-kit'),
  ...goodPackage('packages/engines/router'),
  ...goodPackage('packages/server/gateway'),
  ...goodPackage('packages/providers/acme'),
  ...goodPackage('packages/providers/openai'),
  ...goodPackage('packages/providers/azure'),
  ...goodPackage('apps/proxy', { name: '@tianjillm/proxy' }),
}

describe('layers', () => {
  it('accepts imports that go down', async () => {
    expect(await messages(layers, {
      ...house,
      'packages/kits/provider-kit/src/a.ts': "import { answer } from '@tianjillm/core'\nexport const b = answer\n",
      'packages/server/gateway/src/a.ts': "import { answer } from '@tianjillm/router'\nexport * from '@tianjillm/provider-kit'\nexport const b = answer\n",
      'packages/providers/acme/src/a.ts': "export { answer } from '@tianjillm/provider-kit'\n",
      'apps/proxy/src/a.ts': "import '@tianjillm/providers-acme'\n",
    })).toEqual([])
  })

  it.each([
    ['packages/engines/router/src/a.ts', "import type { A } from '@tianjillm/gateway'\nexport type B = A\n"],
    ['packages/core/src/a.ts', "export { answer } from '@tianjillm/provider-kit'\n"],
    ['packages/engines/router/src/a.ts', "export const kit = () => import('@tianjillm/provider-kit')\n"],
  ])('refuses an import that goes up, in any form: %s', async (file, text) => {
    const found = await messages(layers, { ...house, [file]: text })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${file}:1: [layers]`)
    expect(found[0]).toContain('Fix: Move the code down')
  })

  it('sends the server to the registry when it imports an integration', async () => {
    const found = await messages(layers, { ...house, 'packages/server/gateway/src/a.ts': "import '@tianjillm/providers-acme/register'\n" })
    expect(found.join()).toContain('Let the registry find the integration')
  })

  it('lets no integration import another, but a child its parent dialect', async () => {
    const text = "export { answer } from '@tianjillm/providers-openai'\n"
    expect(await messages(layers, { ...house, 'packages/providers/azure/src/a.ts': text })).toEqual([])
    expect(await messages(layers, { ...house, 'packages/providers/acme/src/a.ts': text })).toHaveLength(1)
  })

  it('reads the dependencies in package.json too', async () => {
    const found = await messages(layers, { ...house, ...goodPackage('packages/server/gateway', { dependencies: { '@tianjillm/providers-acme': 'workspace:^' } }) })
    expect(found).toEqual([expect.stringContaining('packages/server/gateway/package.json: [layers]')])
  })

  it('lets tests use kits from every layer', async () => {
    const text = "import '@tianjillm/provider-kit'\n"
    expect(await messages(layers, { ...house, 'packages/engines/router/src/a.test.ts': text })).toEqual([])
    expect(await messages(layers, { ...house, 'packages/engines/router/src/a.ts': text })).toHaveLength(1)
  })

  it('lets storage know the types of an engine, not its code', async () => {
    const storage = goodPackage('packages/storage')
    expect(await messages(layers, { ...house, ...storage, 'packages/storage/src/a.ts': "import type { A } from '@tianjillm/router'\nexport type B = A\n" })).toEqual([])
    expect((await messages(layers, { ...house, ...storage, 'packages/storage/src/a.ts': "import { type A } from '@tianjillm/router'\nexport type B = A\n" })).join()).toContain('Use `import type`')
  })

  it('refuses a path into another package', async () => {
    const found = await messages(layers, { ...house, 'packages/providers/acme/src/a.ts': "import '../../../core/src/index.ts'\nimport manifest from '../package.json' with { type: 'json' }\nexport { manifest }\n" })
    expect(found).toEqual([expect.stringContaining('leaves the package')])
  })
})
