import type { ConfigurationDirectory, ConfigurationStores, CredentialRecord, FallbackType, ModelRecord, Sealer, SettingRecord } from '@tianjillm/configuration'
import type { ModelFacts, Prices } from '@tianjillm/spend'
import type { AuditedStore } from '../audit/audited-store.ts'

/** Whose word something is: the config file's, or what was set over the API. */
export type Origin = 'file' | 'database'

/** A deployment as operators see it, whether or not it can be called. */
export interface ModelView {
  readonly id: string
  readonly name: string
  readonly origin: Origin
  readonly blocked: boolean
  /** `litellm_params`; what is secret, or may be, is masked. */
  readonly params: Readonly<Record<string, unknown>>
  readonly info: Readonly<Record<string, unknown>>
  /** Of `model_info`, and of the groups that were made over the API. */
  readonly accessGroups: readonly string[]
  readonly provider: string | undefined
  readonly prices: Prices | undefined
  readonly facts: ModelFacts | undefined
  /** Why it is not called, if it is not. */
  readonly problem: string | undefined
  /** Of a stored one. */
  readonly record: ModelRecord | undefined
}

/** A model as it shall be stored. */
export interface ModelDraft {
  readonly id: string
  readonly modelName: string
  readonly params: Readonly<Record<string, unknown>>
  readonly info: Readonly<Record<string, unknown>>
}

export interface CredentialView {
  readonly name: string
  readonly origin: Origin
  /** Masked. */
  readonly values: Readonly<Record<string, string>>
  readonly info: Readonly<Record<string, unknown>>
}

/** A setting of the configuration. */
export interface SettingView {
  /** `general_settings.max_request_size_mb` */
  readonly path: string
  readonly section: string
  readonly name: string
  /** As JSON Schema has it; `object` where it may be several. */
  readonly type: string
  /** What is in effect, masked; null for nothing. */
  readonly value: unknown
  readonly default: unknown
  /** Whether the config file sets it. */
  readonly inFile: boolean
  /** Whether the API set it. */
  readonly stored: boolean
  /** Whether the API may set it: it takes effect at once in every replica. */
  readonly live: boolean
}

/** What settings of pass-through endpoints are called; the rest of the id is the path. */
export const PASS_THROUGH = 'pass_through_endpoints'

/** The id of the setting that keeps an endpoint. One a path, so that no two have the same. */
export function passThroughSetting(path: string): string {
  return `${PASS_THROUGH}.${path}`
}

/** A pass-through endpoint in LiteLLM's words. */
export interface PassThroughView {
  readonly id: string
  readonly path: string
  readonly origin: Origin
  /** Its fields, without id and path; what is secret, or may be, is masked. USD. */
  readonly shown: {
    readonly target: string
    readonly headers: Record<string, string>
    readonly default_query_params: Record<string, string>
    readonly include_subpath: boolean
    readonly forward_headers: boolean
    readonly auth: boolean
    readonly cost_per_request: number
    readonly methods: string[]
    readonly guardrails: Record<string, { readonly request_fields?: readonly string[]; readonly response_fields?: readonly string[] } | null>
  }
  /** Why it is not in effect, if it is not. */
  readonly problem: string | undefined
}

export interface CallbackView {
  readonly name: string
  readonly type: 'success' | 'failure' | 'success_and_failure'
  readonly origin: Origin
}

/** Records without their secrets. Tells at once, for those who write a change down while it is made. */
export interface Masks {
  /** `litellm_params` */
  params(record: ModelRecord): Readonly<Record<string, unknown>>
  credential(record: CredentialRecord): Readonly<Record<string, string>>
  setting(record: SettingRecord): unknown
}

/** The records as management writes to them: each change has its author. */
export type AuditedConfiguration = { readonly [Name in keyof ConfigurationStores]: AuditedStore<ConfigurationStores[Name]> } & Pick<ConfigurationDirectory, 'subscribe'>

/** What the routes for models, credentials and settings work on. */
export interface OperatorConfiguration {
  readonly directory: AuditedConfiguration
  readonly sealer: Sealer
  readonly masks: Masks
  /** `store_model_in_db` */
  readonly storing: boolean
  /** Resolves when every change that was written so far is in effect here. */
  applied(): Promise<void>
  /** In the order of the file, then in that in which they were added. */
  models(): readonly ModelView[]
  /** Builds the model as it would be built for use. @throws `invalid_config` that names the field */
  checkModel(draft: ModelDraft): Promise<void>
  credentials(): readonly CredentialView[]
  /** What the deployment proves itself with, masked; undefined when there is no such model. */
  credentialOfModel(id: string): Readonly<Record<string, string>> | undefined
  /** Whether the config file says which models answer in place of this one. */
  fileHasFallback(type: FallbackType, model: string): boolean
  settingViews(): readonly SettingView[]
  /** Checks settings that shall be set together; null takes one away. @throws `invalid_config`, `owned_by_config` that name the path */
  checkSettings(changes: readonly (readonly [path: string, value: unknown])[]): Promise<void>
  callbacks(): readonly CallbackView[]
  passThrough(): readonly PassThroughView[]
  /** The configuration in effect, as YAML, masked. */
  yaml(): string
}
