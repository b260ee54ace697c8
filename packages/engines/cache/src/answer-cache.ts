import type { Cache, Clock, Similar } from '@tianjillm/core'
import { decodeEntry, encodeEntry, type Entry } from './entry.ts'
import type { CacheKey } from './key.ts'
import type { SimilarQuestion } from './similar.ts'

/** What a look-up brought. `unavailable`: the store could not tell. */
export type Found = { readonly state: 'hit'; readonly entry: Entry } | { readonly state: 'miss' } | { readonly state: 'unavailable' }

/** What a look-up by likeness brought, with how like the nearest question was (cosine, -1 to 1). */
export type FoundSimilar = { readonly state: 'hit'; readonly key: string; readonly entry: Entry; readonly similarity: number } | { readonly state: 'miss'; readonly similarity: number | undefined } | { readonly state: 'unavailable' }

/** A question's vector, and where it is kept. */
export interface Placed {
  readonly question: SimilarQuestion
  readonly vector: Float32Array
}

export interface AnswerCacheOptions {
  readonly cache: Cache
  readonly clock: Clock
  /** Milliseconds that an answer is kept when nobody says otherwise. */
  readonly ttlMs: number
  /** Bytes of an answer that is worth keeping. Default 1 MiB. */
  readonly maxBytes?: number
  /** How alike two questions must be (cosine) for one answer. Default 1: only the same. */
  readonly threshold?: number
  /** Hears what went wrong with the store. */
  readonly onFailure?: (operation: 'read' | 'write', error: unknown) => void
}

const DEFAULT_MAX_BYTES = 1024 * 1024
const miss = Object.freeze({ state: 'miss' as const })
const unavailable = Object.freeze({ state: 'unavailable' as const })

/** Answers in a store. Nothing here rejects: a store that fails is a store without the answer. */
export class AnswerCache {
  readonly #cache: Cache
  readonly #clock: Clock
  readonly #ttlMs: number
  readonly #threshold: number
  readonly #onFailure: AnswerCacheOptions['onFailure']
  readonly maxBytes: number

  constructor({ cache, clock, ttlMs, maxBytes = DEFAULT_MAX_BYTES, threshold = 1, onFailure }: AnswerCacheOptions) {
    this.#cache = cache
    this.#clock = clock
    this.#ttlMs = ttlMs
    this.#threshold = threshold
    this.#onFailure = onFailure
    this.maxBytes = maxBytes
  }

  /** The answer to the same question. Synchronous where the store is. @param maxAgeMs how old it may be */
  find(key: CacheKey, maxAgeMs = Infinity): Found | Promise<Found> {
    try {
      const found = this.#cache.get(key)
      return found instanceof Promise ? found.then((bytes) => this.#read(bytes, maxAgeMs), (error: unknown) => this.#failed('read', error)) : this.#read(found, maxAgeMs)
    } catch (error) {
      return this.#failed('read', error)
    }
  }

  /** The answer to a question of the same meaning, from a store that finds by likeness. */
  async findSimilar({ question, vector }: Placed, maxAgeMs = Infinity): Promise<FoundSimilar> {
    let nearest: Similar | undefined
    try {
      nearest = await this.#cache.similar?.nearest(question.partition, vector)
    } catch (error) {
      return this.#failed('read', error)
    }
    if (!nearest) return { state: 'miss', similarity: undefined }
    const { similarity } = nearest
    const read = similarity >= this.#threshold ? this.#read(nearest.value, maxAgeMs) : miss
    return read.state === 'hit' ? { ...read, key: nearest.key, similarity } : { state: 'miss', similarity }
  }

  /** Whether the store finds by likeness. */
  get findsSimilar(): boolean {
    return this.#cache.similar !== undefined
  }

  /** An answer of now, in the form in which it is kept; undefined when it is too large. */
  entry(body: Buffer, costNanoUsd: number | undefined, ttlMs = this.#ttlMs): Entry | undefined {
    if (body.length > this.maxBytes) return undefined
    const storedAt = this.#clock.now()
    return { body, storedAt, endsAt: storedAt + ttlMs, ...(costNanoUsd !== undefined && { costNanoUsd }) }
  }

  /** Keeps an answer, behind the caller's back. @param placed where it is found by likeness too */
  keep(key: CacheKey, entry: Entry, placed?: Placed): void {
    const ttlMs = entry.endsAt - entry.storedAt
    const value = encodeEntry(entry)
    this.#write(() => this.#cache.set(key, value, ttlMs))
    const { similar } = this.#cache
    if (placed && similar) this.#write(() => similar.set({ partition: placed.question.partition, key, vector: placed.vector, value }, ttlMs))
  }

  #read(bytes: Uint8Array | undefined, maxAgeMs: number): Found {
    const entry = bytes && decodeEntry(bytes)
    if (!entry) return miss
    const now = this.#clock.now()
    // A store's own clock may be another; and in a near store an answer may outlive the far one's.
    return entry.endsAt <= now || now - entry.storedAt > maxAgeMs ? miss : { state: 'hit', entry }
  }

  #write(run: () => void | Promise<void>): void {
    try {
      const pending = run()
      if (pending instanceof Promise) pending.catch((error: unknown) => this.#onFailure?.('write', error))
    } catch (error) {
      this.#onFailure?.('write', error)
    }
  }

  #failed(operation: 'read' | 'write', error: unknown): { readonly state: 'unavailable' } {
    this.#onFailure?.(operation, error)
    return unavailable
  }
}
