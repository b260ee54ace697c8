import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { testsPresent } from './tests-present.ts'

describe('tests-present', () => {
  it('accepts a package with a test', async () => {
    expect(await messages(testsPresent, goodPackage('packages/core'))).toEqual([])
  })

  it('points an integration without tests to the contract suite', async () => {
    const { 'packages/providers/acme/src/index.test.ts': _test, ...rest } = goodPackage('packages/providers/acme')
    expect(await messages(testsPresent, rest)).toEqual([expect.stringMatching(/^packages\/providers\/acme: .*@tianjillm\/test-kit/)])
  })
})
