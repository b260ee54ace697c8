import type { Secret } from '../secret.ts'
import type { PluginBase } from './base.ts'

/** A place that keeps secrets; configs refer to them by name. */
export type SecretsPlugin<Config = unknown> = PluginBase<'secrets', Secrets, Config>

export interface Secrets {
  /** The secret, or undefined when there is none of that name. Rejects when the place cannot be reached or refuses. */
  get(name: string, signal: AbortSignal): Promise<Secret | undefined>
  close?(): void | Promise<void>
}
