import { createMemoryAudit } from '@tianjillm/auth'
import { describe, expect, it } from 'vitest'
import { configurationChecks } from './checks.ts'
import { createMemoryConfiguration } from './index.ts'

describe('configuration in memory', () => {
  const audit = createMemoryAudit()
  const directory = createMemoryConfiguration(audit)
  it.each(configurationChecks(() => ({ directory, audit: audit.reader })))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
