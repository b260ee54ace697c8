import type { LedgerEntry } from '@tianjillm/spend'
import { frameOf } from '../ledger/frame.ts'
import { callRow, written } from '../ledger/row-text.ts'
import { SharedMembers } from '../ledger/shared-members.ts'
import { groupOf, readRows, type WrittenRows } from '../ledger/written-rows.ts'

/** Entries written down together, each in a group of its own. */
export function rowsOf(...entries: readonly LedgerEntry[]): WrittenRows {
  const shared = new SharedMembers()
  return readRows(frameOf(entries.map((entry) => groupOf(shared.of(entry), written(callRow(entry)))).join(',')))
}
