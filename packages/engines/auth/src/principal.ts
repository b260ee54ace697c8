import type { CallerFacts } from '@tianjillm/core'
import type { ModelAccess } from './model-access.ts'
import type { Permission, Role } from './permission.ts'
import type { KeyRecord, TeamRecord, UserRecord } from './records.ts'

/** An authenticated caller. Immutable; shared by all its requests. */
export interface Principal {
  /** Separates tenants, in cache keys for one. Never a credential. */
  readonly tenant: string
  readonly role: Role
  readonly facts: CallerFacts
  /** The virtual key and who stands behind it; absent for the master key. */
  readonly key?: KeyRecord
  readonly team?: TeamRecord
  readonly user?: UserRecord
  /** Which models it may call; absent: all. */
  readonly access?: ModelAccess
  /** What the key narrows the role's rights to; absent: nothing. */
  readonly narrows?: (permission: Permission, paths: readonly string[]) => boolean
}

/** Turns a presented key into a caller. */
export interface Authenticator {
  /**
   * The caller, or undefined for an unknown key. Answers synchronously on a warm key.
   * @throws `expired_key`, `blocked_key`
   */
  authenticate(key: string): Principal | undefined | Promise<Principal | undefined>
  /** Whether the key that gave this caller would give it again now, without a look at anything. False says nothing. */
  holds(principal: Principal): boolean
}
