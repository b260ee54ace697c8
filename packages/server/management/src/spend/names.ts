import type { NamedKind, RecordName } from '@tianjillm/auth'
import type { SpendOptions } from './options.ts'

/** What those are called who turn up while an answer is made. Deleted ones keep their names. */
export class Names {
  readonly #directory: SpendOptions['directory']
  readonly #kind: NamedKind
  #asked = 0
  readonly #found = new Map<string, RecordName>()

  constructor({ directory }: SpendOptions, kind: NamedKind) {
    this.#directory = directory
    this.#kind = kind
  }

  /** Asks who these are. @param ids those of the time before, and new ones after them */
  async learn(ids: readonly string[]): Promise<void> {
    const asked = ids.slice(this.#asked).filter((id) => id !== '')
    this.#asked = ids.length
    if (asked.length === 0) return
    for (const name of await this.#directory.names(this.#kind, asked)) this.#found.set(name.id, name)
  }

  get(id: string): RecordName | undefined {
    return this.#found.get(id)
  }

  /** Everybody who was found, by id. */
  get all(): ReadonlyMap<string, RecordName> {
    return this.#found
  }
}
