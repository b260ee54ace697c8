import type { LedgerEntry } from '@tianjillm/spend'

/** Texts that are kept, at most. */
const MOST = 1_000

/** Parts of rows that many entries have in common, a caller's or a deployment's: written once for as long as they say the same. */
export class WrittenParts {
  readonly #write: (entry: LedgerEntry) => string
  readonly #same: (a: LedgerEntry, b: LedgerEntry) => boolean
  readonly #key: (entry: LedgerEntry) => string
  readonly #known = new Map<string, { readonly entry: LedgerEntry; readonly text: string }>()

  /**
   * @param write the part of an entry, as a JSON object
   * @param same whether two entries have the same part
   * @param key what tells most parts apart
   */
  constructor(write: (entry: LedgerEntry) => string, same: (a: LedgerEntry, b: LedgerEntry) => boolean, key: (entry: LedgerEntry) => string) {
    this.#write = write
    this.#same = same
    this.#key = key
  }

  /** The part as further members of an object that has some: a comma before each. */
  text(entry: LedgerEntry): string {
    const key = this.#key(entry)
    const known = this.#known.get(key)
    if (known && this.#same(known.entry, entry)) return known.text
    const members = this.#write(entry).slice(1, -1)
    const text = members === '' ? '' : `,${members}`
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(key, { entry, text })
    return text
  }
}
