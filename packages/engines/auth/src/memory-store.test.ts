import { describe, expect, it } from 'vitest'
import { keyStoreChecks } from './checks.ts'
import { createMemoryDirectory } from './index.ts'

describe('the key store in memory', () => {
  it.each(keyStoreChecks(() => createMemoryDirectory().keys))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
