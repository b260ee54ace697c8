import { describe, expect, it } from 'vitest'
import { messages } from '../test/tree.ts'
import { packageNames } from './package-names.ts'

describe('package-names', () => {
  it.each(['utils', 'common', 'shared', 'helpers', 'stream-utils', 'shared-types'])('refuses %s', async (folder) => {
    expect(await messages(packageNames, { [`packages/kits/${folder}/package.json`]: { name: `@tianjillm/${folder}` } })).toEqual([expect.stringContaining(`"${folder}" says nothing`)])
  })

  it('looks at the npm name too', async () => {
    expect(await messages(packageNames, { 'packages/kits/framing/package.json': { name: '@tianjillm/framing-utils' } })).toHaveLength(1)
  })

  it.each(['commons-bank', 'uncommon', 'router'])('accepts %s', async (folder) => {
    expect(await messages(packageNames, { [`packages/kits/${folder}/package.json`]: { name: `@tianjillm/${folder}` } })).toEqual([])
  })
})
