import { describe, expect, it } from 'vitest'
import { configurationChecks } from './checks.ts'
import { createMemoryConfiguration } from './index.ts'

describe('configuration in memory', () => {
  const directory = createMemoryConfiguration()
  it.each(configurationChecks(() => directory))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
