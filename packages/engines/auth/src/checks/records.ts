import { createKey, hashKey } from '../key-material.ts'
import { newBudget, newCustomer, newOrganization, newTag, newTeam, newUser } from '../new-records.ts'
import { type BudgetRecord, type CustomerRecord, type KeyRecord, noLimits, type OrganizationRecord, type TagRecord, type TeamRecord, type UserRecord } from '../records.ts'

let made = 0
const stamp = { now: 0, by: 'check' }

/** What every record has; creation times never repeat. */
function stamps(): Pick<KeyRecord, 'id' | 'metadata' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'version'> {
  made += 1
  return { id: crypto.randomUUID(), metadata: {}, createdAt: 1_700_000_000_000 + made, createdBy: 'check', updatedAt: 1_700_000_000_000, updatedBy: 'check', version: 1 }
}

/** Every limit set, each to a value of its own. */
export const everyLimit = {
  maxBudget: 9_000_000_000_000_000, softBudget: 0, budgetDuration: '30d', budgetLimits: [{ maxBudget: 1, budgetDuration: '24h' }], rpmLimit: 0, tpmLimit: 5, maxParallelRequests: 2,
  modelRpmLimit: { a: 0 }, modelTpmLimit: { a: 1 }, modelMaxBudget: { a: { maxBudget: 7, budgetDuration: null } }, tempBudgetIncrease: 3, tempBudgetExpiry: 1_900_000_000_000,
}

/** A key record for tests; ids and hashes never repeat. */
export function keyRecord(more: Partial<KeyRecord> = {}): KeyRecord {
  return {
    ...noLimits, ...stamps(), hash: hashKey(createKey()), previousHash: null, previousUntil: null, name: 'sk-...heck', alias: null, models: [], aliases: {},
    teamId: null, userId: null, organizationId: null, budgetId: null, expiresAt: null, blocked: false, allowedRoutes: [], tags: [], keyType: 'default', ...more,
  }
}

/** A team record for tests; ids never repeat. */
export function teamRecord(more: Partial<TeamRecord> = {}): TeamRecord {
  return { ...newTeam('', stamp), ...stamps(), ...more }
}

/** A user record for tests; ids never repeat. */
export function userRecord(more: Partial<UserRecord> = {}): UserRecord {
  return { ...newUser('', stamp), ...stamps(), ...more }
}

/** An organization's record for tests; ids never repeat. */
export function organizationRecord(more: Partial<OrganizationRecord> = {}): OrganizationRecord {
  return { ...newOrganization('', stamp), ...stamps(), ...more }
}

/** A budget object for tests; ids never repeat. */
export function budgetRecord(more: Partial<BudgetRecord> = {}): BudgetRecord {
  return { ...newBudget('', stamp), ...stamps(), ...more }
}

/** A customer's record for tests; ids never repeat. */
export function customerRecord(more: Partial<CustomerRecord> = {}): CustomerRecord {
  return { ...newCustomer('', stamp), ...stamps(), ...more }
}

/** A tag's record for tests; ids never repeat. */
export function tagRecord(more: Partial<TagRecord> = {}): TagRecord {
  return { ...newTag('', stamp), ...stamps(), ...more }
}
