import type { ArchivePlugin } from './archive.ts'
import type { StandardSchemaV1 } from './base.ts'
import type { CachePlugin } from './cache.ts'
import type { CallbackPlugin } from './callback.ts'
import type { GuardrailPlugin } from './guardrail.ts'
import type { ProviderPlugin } from './provider.ts'
import type { SecretsPlugin } from './secrets.ts'
import type { StrategyPlugin } from './strategy.ts'

/**
 * A plugin whose config type is forgotten, as a registry holds it: `create` takes what the
 * plugin's own `config` schema answered, and nothing else.
 */
type Registered<P extends { readonly config: unknown }> = Omit<P, 'config'> & { readonly config: StandardSchemaV1 }

/** The plugin type of each kind. The config's type is the plugin's own affair, checked by its schema. */
export interface Plugins {
  provider: Registered<ProviderPlugin<never>>
  callback: Registered<CallbackPlugin<never>>
  guardrail: Registered<GuardrailPlugin<never>>
  cache: Registered<CachePlugin<never>>
  secrets: Registered<SecretsPlugin<never>>
  strategy: Registered<StrategyPlugin<never>>
  archive: Registered<ArchivePlugin<never>>
}

/** A plugin of any kind. */
export type Plugin = Plugins[keyof Plugins]
