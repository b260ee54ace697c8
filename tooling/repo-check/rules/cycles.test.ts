import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { cycles } from './cycles.ts'

describe('cycles', () => {
  const core = goodPackage('packages/core')

  it('accepts a tree, and loops that are gone at run time', async () => {
    expect(await messages(cycles, {
      ...core,
      'packages/core/src/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
      'packages/core/src/b.ts': "import './a.ts'\nexport type B = 1\nexport const later = () => import('./b.ts')\n",
    })).toEqual([])
  })

  it('shows the whole loop within a package', async () => {
    const found = await messages(cycles, {
      ...core,
      'packages/core/src/a.ts': "import './b.ts'\n",
      'packages/core/src/b.ts': "export * from './c.ts'\n",
      'packages/core/src/c.ts': "import { type A } from './a.ts'\nexport type C = A\n",
    })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('packages/core/src/a.ts -> packages/core/src/b.ts -> packages/core/src/c.ts -> packages/core/src/a.ts')
  })

  it('sees a file that imports itself', async () => {
    expect(await messages(cycles, { ...core, 'packages/core/src/a.ts': "import './a.ts'\n" })).toHaveLength(1)
  })

  it('follows package names into their sources', async () => {
    const found = await messages(cycles, {
      ...goodPackage('packages/kits/one'),
      ...goodPackage('packages/kits/two'),
      'packages/kits/one/src/index.ts': "import '@tianjillm/two'\n",
      'packages/kits/two/src/index.ts': "import '@tianjillm/one'\n",
    })
    expect(found).toEqual([expect.stringContaining('packages/kits/one/src/index.ts -> packages/kits/two/src/index.ts -> packages/kits/one/src/index.ts')])
  })

  it('does not count what only tests import', async () => {
    expect(await messages(cycles, { ...core, 'packages/core/src/a.ts': 'export {}\n', 'packages/core/src/a.test.ts': "import './a.ts'\nimport './a.test.ts'\n" })).toEqual([])
  })
})
