import type { LedgerEntry } from '@tianjillm/spend'
import { type Row, written } from './row-text.ts'

/** Texts that are kept, at most. */
const MOST = 1_000

/** Who called, and what was called: `sharedColumns`. */
export const sharedRow = (entry: LedgerEntry): Row => ({
  key_hash: entry.keyHash,
  key_id: entry.keyId,
  user_id: entry.userId,
  team_id: entry.teamId,
  organization_id: entry.organizationId,
  call_type: entry.operation,
  model: entry.model,
  model_group: entry.modelGroup,
  limit_model: entry.limitModel,
  deployment_id: entry.deploymentId,
  provider: entry.provider,
  api_base: entry.apiBase,
  price_version: entry.priceVersion,
})

const same = (a: LedgerEntry, b: LedgerEntry): boolean =>
  a.keyId === b.keyId && a.deploymentId === b.deploymentId && a.model === b.model && a.operation === b.operation && a.keyHash === b.keyHash
  && a.userId === b.userId && a.teamId === b.teamId && a.organizationId === b.organizationId
  && a.modelGroup === b.modelGroup && a.limitModel === b.limitModel && a.provider === b.provider && a.apiBase === b.apiBase && a.priceVersion === b.priceVersion

interface Known {
  readonly entry: LedgerEntry
  readonly text: string
}

/** Writes what many entries have in common once, for as long as they say the same. */
export class SharedMembers {
  readonly #known = new Map<string, Known>()
  #last: Known | undefined

  /** The shared columns of an entry as members of a JSON object, without its braces. Entries that share them are given the same string. */
  of(entry: LedgerEntry): string {
    if (this.#last && same(this.#last.entry, entry)) return this.#last.text
    const key = `${entry.keyId} ${entry.deploymentId} ${entry.model}`
    let known = this.#known.get(key)
    if (!known || !same(known.entry, entry)) {
      known = { entry, text: written(sharedRow(entry)).slice(1, -1) }
      if (this.#known.size >= MOST) this.#known.clear()
      this.#known.set(key, known)
    }
    this.#last = known
    return known.text
  }
}
