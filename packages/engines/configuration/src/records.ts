import type { Sealed } from './sealer.ts'

/**
 * What operators configure over the API. Records are immutable snapshots of plain JSON values: a change makes a
 * new one with the next `version`. Times are milliseconds since the epoch.
 */
interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly createdBy: string
  readonly updatedAt: number
  readonly updatedBy: string
  /** 1 at first, one more with each update. */
  readonly version: number
}

/** A deployment (LiteLLM's row of `/model/new`). */
export interface ModelRecord extends Kept {
  readonly modelName: string
  /** `litellm_params` as JSON: keys and addresses of upstreams. */
  readonly params: Sealed
  /** `model_info` without its id. */
  readonly info: Readonly<Record<string, unknown>>
  /** Kept, and not called. */
  readonly blocked: boolean
}

/** Values for `litellm_params` under a name (`litellm_credential_name`). The id is the name. */
export interface CredentialRecord extends Kept {
  /** `credential_values` as JSON. */
  readonly values: Sealed
  readonly info: Readonly<Record<string, unknown>>
}

/** Models that lists of models may name together, beside those whose `model_info.access_groups` says so. The id is the name. */
export interface AccessGroupRecord extends Kept {
  /** Every deployment of these names. */
  readonly modelNames: readonly string[]
  /** Single deployments. */
  readonly modelIds: readonly string[]
}

/** When another model may answer, LiteLLM's names. */
export type FallbackType = 'general' | 'context_window' | 'content_policy'

/** Models that may answer in place of another. The id is made by {@link fallbackId}. */
export interface FallbackRecord extends Kept {
  readonly type: FallbackType
  readonly model: string
  /** In the order in which they are tried. */
  readonly fallbackModels: readonly string[]
}

/** One setting; the id is its path, such as `router_settings.model_group_alias`. A record each, so that two who change different settings never meet. */
export interface SettingRecord extends Kept {
  readonly value: unknown
}

/** The id of the fallbacks of a model. */
export function fallbackId(type: FallbackType, model: string): string {
  return `${type}:${model}`
}
