/** What is known of the files: how large they are, and which of them leave first when they are too many. */
export class FileIndex {
  // A Map keeps the order of insertion; a read file is inserted again, so the first is the one unused longest.
  #sizes = new Map<string, number>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Bytes that a file takes on the disk. */
  static sizeOf(bytes: number): number {
    return Math.max(1, Math.ceil(bytes / BLOCK)) * BLOCK
  }

  /** Whether a file is small enough to be worth keeping: larger ones would empty the folder for themselves. */
  fits(bytes: number): boolean {
    return FileIndex.sizeOf(bytes) <= this.#maxBytes / LARGEST_PART
  }

  /** Takes a file in. The files that must leave for it. */
  add(name: string, bytes: number): readonly string[] {
    this.remove(name)
    const size = FileIndex.sizeOf(bytes)
    this.#sizes.set(name, size)
    this.#bytes += size
    return this.#trim()
  }

  /** Takes files in that were there before all others, the first to leave first. The files that must leave. */
  adopt(files: readonly (readonly [name: string, bytes: number])[]): readonly string[] {
    const known = this.#sizes
    this.#sizes = new Map()
    for (const [name, bytes] of files) {
      if (known.has(name)) continue
      const size = FileIndex.sizeOf(bytes)
      this.#sizes.set(name, size)
      this.#bytes += size
    }
    for (const [name, size] of known) this.#sizes.set(name, size)
    return this.#trim()
  }

  #trim(): readonly string[] {
    const leaving: string[] = []
    for (const oldest of this.#sizes.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.remove(oldest)
      leaving.push(oldest)
    }
    return leaving
  }

  /** A file was read. */
  touch(name: string): void {
    const size = this.#sizes.get(name)
    if (size === undefined) return
    this.#sizes.delete(name)
    this.#sizes.set(name, size)
  }

  remove(name: string): void {
    const size = this.#sizes.get(name)
    if (size === undefined) return
    this.#sizes.delete(name)
    this.#bytes -= size
  }

  has(name: string): boolean {
    return this.#sizes.has(name)
  }
}

const BLOCK = 4096
/** The part of the bound that one file may take. */
const LARGEST_PART = 4
