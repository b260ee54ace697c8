/** Numbers texts in the order in which they come: columns of numbers are grouped without looking at texts again. */
export class Interned {
  readonly #known = new Map<string, number>()
  readonly #numbers = new Map<string, number>()
  readonly #labelOf: (text: string) => string
  /** The label of each number. */
  readonly labels: string[] = []

  /** @param labelOf what a text is called; texts that are called the same have the same number */
  constructor(labelOf: (text: string) => string = (text) => text) {
    this.#labelOf = labelOf
  }

  /** The numbers of a column's texts. */
  column(texts: readonly string[]): Int32Array {
    const column = new Int32Array(texts.length)
    for (let i = 0; i < texts.length; i += 1) column[i] = this.#known.get(texts[i]!) ?? this.#take(texts[i]!)
    return column
  }

  #take(text: string): number {
    const label = this.#labelOf(text)
    let number = this.#numbers.get(label)
    if (number === undefined) {
      number = this.labels.length
      this.labels.push(label)
      this.#numbers.set(label, number)
    }
    this.#known.set(text, number)
    return number
  }
}
