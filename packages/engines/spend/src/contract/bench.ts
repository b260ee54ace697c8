import { usage } from '@tianjillm/core'
import type { Ledger, LedgerEntry, SpendReader } from '../ledger.ts'

/** An empty ledger and its reader. */
export interface LedgerBench {
  readonly ledger: Ledger
  readonly reader: SpendReader
}

/** One thing that every ledger must do; `run` throws when it does not. */
export interface LedgerCheck {
  readonly name: string
  run(bench: LedgerBench): Promise<void>
}

export const START = Date.UTC(2025, 0, 15, 12)
let made = 0

/** A plausible entry, for tests of ledgers. */
export function ledgerEntry(parts: Partial<LedgerEntry> = {}): LedgerEntry {
  made += 1
  return {
    id: `entry-${String(made).padStart(6, '0')}`,
    operation: 'chat', status: 'success', stream: false,
    startedAt: START + made, firstByteAt: START + made + 40, endedAt: START + made + 50,
    model: 'gpt', modelGroup: 'gpt', deploymentId: 'd1', provider: 'openai', apiBase: 'https://api.example.com/v1',
    usage: usage({ input: 10, output: 5 }), costNanoUsd: 20_000, priceVersion: 'config',
    cacheHit: false, attempts: 1,
    ...parts,
  }
}

export const flushed = (ledger: Ledger): Promise<void> => ledger.flush(AbortSignal.timeout(20_000))
export const all = async (reader: SpendReader): Promise<readonly LedgerEntry[]> => (await reader.page({}, 10_000)).entries
