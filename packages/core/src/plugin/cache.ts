import type { PluginBase } from './base.ts'

/** A store for answers. */
export type CachePlugin<Config = unknown> = PluginBase<'cache', Cache, Config>

/** Keys already name the tenant. A failure must reject, not answer wrongly; the gateway treats it as a miss. */
export interface Cache {
  /** The value, or undefined when absent or expired. */
  get(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  /** Keeps `value` for `ttlMs` milliseconds at most (it may leave earlier to make room). */
  set(key: string, value: Uint8Array, ttlMs: number): void | Promise<void>
  delete(key: string): void | Promise<void>
  /** Removes everything that this instance wrote. */
  clear(): void | Promise<void>
  /** Rejects when the store cannot be reached. */
  ping?(): void | Promise<void>
  close?(): void | Promise<void>
}
