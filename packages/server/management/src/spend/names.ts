import type { NamedKind, RecordName } from '@tianjillm/auth'
import type { SpendOptions } from './options.ts'

/** What those are called who turn up while an answer is made. Deleted ones keep their names. */
export class Names {
  readonly #directory: SpendOptions['directory']
  readonly #kind: NamedKind
  readonly #asked = new Set([''])
  readonly #found = new Map<string, RecordName>()

  constructor({ directory }: SpendOptions, kind: NamedKind) {
    this.#directory = directory
    this.#kind = kind
  }

  /** Asks who these are, if one of them is new. @param from the place of the first that may be new */
  async learn(ids: readonly string[], from = 0): Promise<void> {
    const asked = new Set<string>()
    for (let i = from; i < ids.length; i += 1) if (!this.#asked.has(ids[i]!)) asked.add(ids[i]!)
    if (asked.size === 0) return
    for (const name of await this.#directory.names(this.#kind, [...asked])) this.#found.set(name.id, name)
    for (const id of asked) this.#asked.add(id)
  }

  get(id: string): RecordName | undefined {
    return this.#found.get(id)
  }

  /** Everybody who was found, by id. */
  get all(): ReadonlyMap<string, RecordName> {
    return this.#found
  }
}
