import { type BudgetRecord, type CustomerRecord, type MemberLimits, noLimits, type OrganizationRecord, type TagRecord, type TeamRecord, type UserRecord } from './records.ts'

/** When a record is made or changed, and by whom. */
export interface Stamp {
  /** Epoch milliseconds. */
  readonly now: number
  readonly by: string
}

const noTeamDefaults: MemberLimits = Object.freeze({ maxBudget: null, budgetDuration: null, rpmLimit: null, tpmLimit: null })

function born({ now, by }: Stamp): Pick<TeamRecord, 'metadata' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'version'> {
  return { metadata: {}, createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }
}

/** A team of nobody, without limits. */
export function newTeam(id: string, stamp: Stamp): TeamRecord {
  return { ...noLimits, ...born(stamp), id, alias: null, organizationId: null, budgetId: null, models: [], modelAliases: {}, members: [], memberDefaults: noTeamDefaults, memberPermissions: null, blocked: false, tags: [] }
}

/** A user without rights of its own worth speaking of: may call models and manage its keys. */
export function newUser(id: string, stamp: Stamp): UserRecord {
  return { ...noLimits, ...born(stamp), id, email: null, alias: null, role: 'internal_user', budgetId: null, models: [], blocked: false }
}

/** An organization of nobody, without limits. */
export function newOrganization(id: string, stamp: Stamp): OrganizationRecord {
  return { ...noLimits, ...born(stamp), id, alias: null, budgetId: null, models: [], members: [], blocked: false }
}

/** A budget object that limits nothing yet. */
export function newBudget(id: string, stamp: Stamp): BudgetRecord {
  return { ...noLimits, ...born(stamp), id }
}

/** A customer without limits. */
export function newCustomer(id: string, stamp: Stamp): CustomerRecord {
  return { ...noLimits, ...born(stamp), id, alias: null, blocked: false, allowedModelRegion: null, defaultModel: null, budgetId: null }
}

/** A tag without limits. */
export function newTag(id: string, stamp: Stamp): TagRecord {
  return { ...noLimits, ...born(stamp), id, description: null, models: [], budgetId: null }
}
