import { describe, expect, it } from 'vitest'
import { directoryChecks } from './checks.ts'
import { createMemoryDirectory } from './index.ts'

describe('the directory in memory', () => {
  const directory = createMemoryDirectory()
  it.each(directoryChecks(() => directory))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
