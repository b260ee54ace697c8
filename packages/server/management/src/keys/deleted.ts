import type { AuditEntry, Principal } from '@tianjillm/auth'
import { seesAll } from '../access.ts'
import { instant } from '../fields.ts'
import { skipped } from '../search-fields.ts'
import type { ManagementOptions } from '../service.ts'

/** What deleted keys are asked for by, in the words of their rows. */
export type DeletedFilter = Partial<Readonly<Record<'user_id' | 'team_id' | 'organization_id' | 'key_alias' | 'token' | 'created_by', string | undefined>>>

const PAGE = 1000

/**
 * Keys that are gone, as the audit log has them: for as long as its entries are kept, the last deleted first. Who
 * does not see everything sees those of its own user.
 */
export async function deletedKeys({ directory: { audit } }: ManagementOptions, principal: Principal | undefined, filter: DeletedFilter, page: number, size: number): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly total: number }> {
  const self = seesAll(principal) ? {} : { user_id: principal?.user?.id ?? '', ...(typeof principal?.key?.teamId === 'string' && { team_id: principal.key.teamId }) }
  const wanted = Object.entries({ ...filter, ...self }).filter(([, value]) => value !== undefined)
  const found: AuditEntry[] = []
  let after: string | undefined
  do {
    const { records, next } = await audit.list({ filter: { table: 'LiteLLM_VerificationToken', action: 'deleted' }, limit: PAGE, ...(after !== undefined && { after }) })
    found.push(...records.filter(({ before }) => wanted.every(([field, value]) => before?.[field] === value)))
    after = next
  } while (after !== undefined)
  return {
    rows: found.slice(skipped(page, size), skipped(page, size) + size).map(({ before, at, by }) => ({ ...before, spend: 0, budget_reset_at: null, litellm_budget_table: null, deleted_at: instant(at), deleted_by: by })),
    total: found.length,
  }
}
