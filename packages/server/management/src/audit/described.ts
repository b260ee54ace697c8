import { auditWriter, type DescribedRecord, type Directory, type RecordsByKind } from '@tianjillm/auth'
import { budgetTable } from '../budgets/wire.ts'
import { customerFields } from '../customers/wire.ts'
import { keyFields } from '../keys/wire.ts'
import { organizationFields } from '../organizations/wire.ts'
import { tagFields } from '../tags/wire.ts'
import { teamFields } from '../teams/wire.ts'
import { userFields } from '../users/wire.ts'
import type { AuditedStore } from './audited-store.ts'

type Describe = { readonly [Kind in keyof RecordsByKind]: (record: RecordsByKind[Kind]) => DescribedRecord }

/** Every kind of record as its own route shows it, which is never with a secret; the tables are LiteLLM's. */
const described: Describe = {
  key: (key) => ({ table: 'LiteLLM_VerificationToken', id: key.hash, values: keyFields(key) }),
  team: (team) => ({ table: 'LiteLLM_TeamTable', id: team.id, values: teamFields(team) }),
  user: (user) => ({ table: 'LiteLLM_UserTable', id: user.id, values: userFields(user) }),
  organization: (organization) => ({ table: 'LiteLLM_OrganizationTable', id: organization.id, values: organizationFields(organization) }),
  budget: (budget) => ({ table: 'LiteLLM_BudgetTable', id: budget.id, values: { ...budgetTable(budget) } }),
  customer: (customer) => ({ table: 'LiteLLM_EndUserTable', id: customer.id, values: customerFields(customer) }),
  tag: (tag) => ({ table: 'LiteLLM_TagTable', id: tag.id, values: tagFields(tag) }),
}

/** Writes changes down in these words. */
export const write = auditWriter((kind, record) => (described[kind as keyof RecordsByKind] as (record: unknown) => DescribedRecord)(record))

type StoreName = Exclude<keyof Directory, 'audit' | 'names' | 'subscribe'>

/** The directory as management writes to it: each change has its author. */
export type AuditedDirectory = { readonly [Name in StoreName]: AuditedStore<Directory[Name]> } & Pick<Directory, 'audit' | 'names' | 'subscribe'>
