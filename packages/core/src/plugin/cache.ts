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
  /** What an operator may know of the store's server: no secrets. */
  info?(): Promise<CacheInfo>
  /** Present in a store that also finds by likeness. `delete` and `clear` remove these entries too. */
  readonly similar?: SimilarityStore
  close?(): void | Promise<void>
}

/** A server that keeps answers, by its own words. */
export interface CacheInfo {
  readonly facts: Readonly<Record<string, string>>
  /** Who is connected to it. */
  readonly clients: readonly Readonly<Record<string, string>>[]
}

/** Entries that are found by the likeness of their vectors. Partitions share nothing. */
export interface SimilarityStore {
  /**
   * The entry whose vector is nearest by cosine; undefined when the partition has none. All vectors of a partition have
   * the same length.
   */
  nearest(partition: string, vector: Float32Array): Similar | undefined | Promise<Similar | undefined>
  /** Keeps an entry, in place of one with the same key. */
  set(entry: SimilarEntry, ttlMs: number): void | Promise<void>
}

export interface SimilarEntry {
  readonly partition: string
  readonly key: string
  readonly vector: Float32Array
  readonly value: Uint8Array
}

export interface Similar {
  readonly key: string
  readonly value: Uint8Array
  /** Cosine of the two vectors, -1 to 1. */
  readonly similarity: number
}
