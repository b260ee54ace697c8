import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Clock } from '../clock.ts'
import type { Http } from '../http.ts'

/** The kinds of plugin. */
export type PluginKind = 'provider' | 'callback' | 'guardrail' | 'cache' | 'secrets' | 'strategy' | 'archive'

/** Structured log, pino's calling form. Never pass bodies, keys or credentials. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What the house lends to a plugin instance. */
export interface Host {
  /** The one way out: guarded, pooled, timed. */
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}

/**
 * A plugin is a plain frozen object. Importing it does no I/O; `create` is the first moment for
 * I/O, and the instance's `close` undoes it.
 */
export interface PluginBase<Kind extends PluginKind, Instance, Config> {
  /** The contract's version, a literal that the author writes. Checked when registering. */
  readonly apiVersion: 1
  readonly kind: Kind
  /** Lower-case words joined with `-` or `_`; unique within its kind. It is what a config names. */
  readonly name: string
  /** Other names that mean this plugin in a config. */
  readonly aliases?: readonly string[]
  /** The package's version. */
  readonly version: string
  /** Validates what the operator wrote. Unknown keys must be an error. */
  readonly config: StandardSchemaV1<unknown, Config>
  /**
   * Config key -> environment variables that supply it when the config does not, first found wins.
   * The plugin itself never reads the environment.
   */
  readonly env?: Readonly<Record<string, readonly string[]>>
  create(config: Config, host: Host): Instance | Promise<Instance>
}

export type { StandardSchemaV1 }
