import type { PluginBase } from './base.ts'

/** A cold store: a place for objects that are written once and seldom read. */
export type ArchivePlugin<Config = unknown> = PluginBase<'archive', Archive, Config>

export interface Archive {
  /** Where its objects are, as an address that operators know: `s3://bucket/prefix`. Holds no credential. */
  readonly location: string
  /**
   * Keeps an object, in place of one of the same name. When it resolves, the bytes outlive a crash of the store; when
   * it rejects, the object may be there or not, but never in part.
   */
  put(object: ArchiveObject, signal: AbortSignal): Promise<void>
  /** The bytes of an object, undefined when there is none. Rejects when the store cannot be reached or refuses. */
  get(name: string, signal: AbortSignal): Promise<Uint8Array | undefined>
  close?(): void | Promise<void>
}

export interface ArchiveObject {
  /** Words of letters, digits, `=`, `_`, `-` and `.`, joined with `/`: `spend_log/week=2025-01-06/g01-part-00001.ndjson.gz` */
  readonly name: string
  /** `application/gzip`, `application/json`, ... */
  readonly contentType: string
  readonly body: Uint8Array
}
