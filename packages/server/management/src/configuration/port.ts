import type { ConfigurationDirectory, FallbackType, ModelRecord, Sealer } from '@tianjillm/configuration'
import type { ModelFacts, Prices } from '@tianjillm/spend'

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

export interface CallbackView {
  readonly name: string
  readonly type: 'success' | 'failure' | 'success_and_failure'
  readonly origin: Origin
}

/** What the routes for models, credentials and settings work on. */
export interface OperatorConfiguration {
  readonly directory: ConfigurationDirectory
  readonly sealer: Sealer
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
  /** The configuration in effect, as YAML, masked. */
  yaml(): string
}
