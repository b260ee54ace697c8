/**
 * What is known of those who call, and of those on whose behalf they call. Records are immutable snapshots
 * of plain JSON values: a change makes a new one with the next `version`. Money is integer nano-USD, times
 * are milliseconds since the epoch, null means "none".
 */

/** A hard budget of its own period. */
export interface BudgetFields {
  readonly maxBudget: number
  /** `30s`, `24h`, `7d`, `1mo` ...; null never resets. */
  readonly budgetDuration: string | null
}

/** Limits that any owner may carry. */
export interface LimitFields {
  readonly maxBudget: number | null
  readonly softBudget: number | null
  readonly budgetDuration: string | null
  /** Further hard budgets, each with its own period. */
  readonly budgetLimits: readonly BudgetFields[]
  readonly rpmLimit: number | null
  readonly tpmLimit: number | null
  readonly maxParallelRequests: number | null
  readonly modelRpmLimit: Readonly<Record<string, number>>
  readonly modelTpmLimit: Readonly<Record<string, number>>
  readonly modelMaxBudget: Readonly<Record<string, BudgetFields>>
  /** Added to `maxBudget` until `tempBudgetExpiry`. */
  readonly tempBudgetIncrease: number | null
  readonly tempBudgetExpiry: number | null
}

/** No limits. */
export const noLimits: LimitFields = Object.freeze({
  maxBudget: null, softBudget: null, budgetDuration: null, budgetLimits: [], rpmLimit: null, tpmLimit: null, maxParallelRequests: null,
  modelRpmLimit: {}, modelTpmLimit: {}, modelMaxBudget: {}, tempBudgetIncrease: null, tempBudgetExpiry: null,
})

/** A reference to a {@link BudgetRecord}, whose limits hold where the record has none of its own. */
interface BudgetReference {
  readonly budgetId: string | null
}

interface RecordFields {
  readonly metadata: Readonly<Record<string, unknown>>
  readonly createdAt: number
  readonly createdBy: string
  readonly updatedAt: number
  readonly updatedBy: string
  /** 1 at first, one more with each update. */
  readonly version: number
}

/** What a key is for, LiteLLM's names. */
export type KeyType = 'default' | 'llm_api' | 'management' | 'read_only'

/** Where the counting of spend began anew (`/key/{key}/reset_spend`): what was spent before is taken as `to`. The ledger keeps all. */
export interface SpendReset {
  /** Epoch milliseconds, inclusive. */
  readonly at: number
  /** Nano-USD. */
  readonly to: number
}

/** A virtual key. */
export interface KeyRecord extends RecordFields, LimitFields, BudgetReference {
  /** Stays when the key is regenerated; spend and limits hang on it. */
  readonly id: string
  /** Hex SHA-256 of the key. */
  readonly hash: string
  /** The hash before the last regeneration, valid until `previousUntil`. */
  readonly previousHash: string | null
  readonly previousUntil: number | null
  /** `sk-...abcd` */
  readonly name: string
  readonly alias: string | null
  /** Models that it may call; empty: all. */
  readonly models: readonly string[]
  /** Names that this key uses for models. */
  readonly aliases: Readonly<Record<string, string>>
  readonly teamId: string | null
  readonly userId: string | null
  readonly organizationId: string | null
  /** Null: never. */
  readonly expiresAt: number | null
  readonly blocked: boolean
  /** Paths or groups of paths; empty: all that the role may. */
  readonly allowedRoutes: readonly string[]
  readonly tags: readonly string[]
  readonly keyType: KeyType
  /** What its requests may say about caching; empty or absent: everything. */
  readonly allowedCacheControls?: readonly string[]
  /** Absent on records from before there was such a thing. */
  readonly spendReset?: SpendReset | null
}

/** The limits that a member may have in a team, beside the team's own. */
export interface MemberLimits {
  readonly maxBudget: number | null
  readonly budgetDuration: string | null
  readonly rpmLimit: number | null
  readonly tpmLimit: number | null
}

/** A user's place in a team, with what it may spend and use through the team. */
export interface TeamMember extends MemberLimits, BudgetReference {
  readonly userId: string
  readonly role: 'admin' | 'user'
}

/** No limits in a team. */
export const noMemberLimits: MemberLimits & BudgetReference = Object.freeze({ maxBudget: null, budgetDuration: null, rpmLimit: null, tpmLimit: null, budgetId: null })

export interface TeamRecord extends RecordFields, LimitFields, BudgetReference {
  readonly id: string
  readonly alias: string | null
  readonly organizationId: string | null
  readonly models: readonly string[]
  readonly modelAliases: Readonly<Record<string, string>>
  readonly members: readonly TeamMember[]
  /** For members that have no limits of their own (`team_member_budget` and its kind). */
  readonly memberDefaults: MemberLimits
  /** Routes with which members who are no admins manage keys of the team; null: the default. Absent on records from before there was such a thing. */
  readonly memberPermissions?: readonly string[] | null
  readonly blocked: boolean
  readonly tags: readonly string[]
}

/** Roles that a user record may have. */
export type UserRole = 'proxy_admin' | 'proxy_admin_viewer' | 'internal_user' | 'internal_user_viewer'

export interface UserRecord extends RecordFields, LimitFields, BudgetReference {
  readonly id: string
  readonly email: string | null
  readonly alias: string | null
  readonly role: UserRole
  readonly models: readonly string[]
  readonly blocked: boolean
}

/** A user's place in an organization. An `org_admin` manages its teams, keys and members. */
export interface OrganizationMember {
  readonly userId: string
  readonly role: 'org_admin' | 'internal_user' | 'internal_user_viewer'
}

/** Owns teams and keys; its limits hold for all of them together. */
export interface OrganizationRecord extends RecordFields, LimitFields, BudgetReference {
  readonly id: string
  readonly alias: string | null
  /** Empty: all. */
  readonly models: readonly string[]
  readonly members: readonly OrganizationMember[]
  readonly blocked: boolean
}

/** Limits under a name, for any number of owners (LiteLLM's budget table). */
export interface BudgetRecord extends RecordFields, LimitFields {
  readonly id: string
}

/** A customer of those who hold keys: the end user whom a request names. Has no credential. */
export interface CustomerRecord extends RecordFields, LimitFields, BudgetReference {
  /** What requests send as `user`. */
  readonly id: string
  readonly alias: string | null
  readonly blocked: boolean
  /** Only deployments of this region may serve it. */
  readonly allowedModelRegion: 'eu' | 'us' | null
  /** Called instead, where no deployment of the region serves the model. */
  readonly defaultModel: string | null
}

/** A label of keys, teams and requests, for which spend is limited together. */
export interface TagRecord extends RecordFields, LimitFields, BudgetReference {
  /** The tag itself. */
  readonly id: string
  readonly description: string | null
  readonly models: readonly string[]
}
