const inspect = Symbol.for('nodejs.util.inspect.custom')

/** What a secret prints as, everywhere. */
export const MASK = '[secret]'

/**
 * A value that must not be seen: it prints as `[secret]` in strings, JSON, templates and
 * `console.log`. Only {@link Secret.reveal} gives the text, which makes each use searchable.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The hidden text. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [inspect](): string {
    return MASK
  }
}
