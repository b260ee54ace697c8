declare const brand: unique symbol

/** Whose answers these are. There is no other way to one than {@link tenantOf}, and no way to a key without one. */
export type Tenant = string & { readonly [brand]: 'tenant' }

/** Who asks, as far as it is known. */
export interface Asker {
  /** Stands for the credential itself: always there. */
  readonly key: string
  readonly userId?: string | undefined
  readonly teamId?: string | undefined
  readonly organizationId?: string | undefined
  /** The end user that the request names. */
  readonly endUser?: string | undefined
}

/**
 * Who shares answers with whom. `key`: nobody with anybody. `end_user`: not even the end users of one key. The others
 * are wider, and an operator's choice: an answer may repeat what somebody else asked.
 */
export const scopes = ['key', 'end_user', 'user', 'team', 'organization', 'everyone'] as const
export type Scope = (typeof scopes)[number]

/** The tenant of whoever asks. Who is in no such group shares with nobody. */
export function tenantOf(asker: Asker, scope: Scope = 'key'): Tenant {
  return JSON.stringify(partsOf(asker, scope)) as Tenant
}

function partsOf({ key, userId, teamId, organizationId, endUser }: Asker, scope: Scope): readonly (string | null)[] {
  if (scope === 'everyone') return ['everyone']
  if (scope === 'end_user') return ['end_user', key, endUser ?? null]
  const group = scope === 'user' ? userId : scope === 'team' ? teamId : scope === 'organization' ? organizationId : undefined
  return group === undefined ? ['key', key] : [scope, group]
}
