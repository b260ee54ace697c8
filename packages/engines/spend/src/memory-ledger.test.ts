import { describe, expect, it } from 'vitest'
import { ledgerChecks, ledgerEntry } from './contract.ts'
import { createMemoryLedger } from './memory-ledger.ts'

describe('ledger in memory', () => {
  it.each(ledgerChecks)('$name', async ({ run }) => {
    const ledger = createMemoryLedger()
    await expect(run({ ledger, reader: ledger })).resolves.toBeUndefined()
  })

  it('keeps no more than its limit, and counts the rest', () => {
    const ledger = createMemoryLedger(2)
    for (let i = 0; i < 5; i += 1) ledger.append(ledgerEntry())
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 2, dropped: 3 })
  })
})
