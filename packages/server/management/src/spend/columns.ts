import type { UsageColumn } from '@tianjillm/spend'

/** Numbers what two columns say together: columns of pairs are grouped like any other. */
export class Pairs {
  /** By the first number, by the second. */
  readonly #numbers: (number[] | undefined)[] = []
  /** By number: the numbers of the two. */
  readonly made: (readonly [number, number])[] = []

  column(first: Int32Array, second: Int32Array): Int32Array {
    const pairs = new Int32Array(first.length)
    for (let row = 0; row < pairs.length; row += 1) {
      const [a, b] = [first[row]!, second[row]!]
      pairs[row] = (this.#numbers[a] ??= [])[b] ??= this.made.push([a, b]) - 1
    }
    return pairs
  }
}

/** Calls the texts of a column something else. Texts that are called the same have the same number. */
export class Labels {
  readonly #labelOf: (text: string) => string
  readonly #numbers = new Map<string, number>()
  /** By number of a text: that of its label. */
  readonly #renumbered: number[] = []
  /** By number. */
  readonly labels: string[] = []

  constructor(labelOf: (text: string) => string) {
    this.#labelOf = labelOf
  }

  column({ rows, texts }: UsageColumn): Int32Array {
    for (let number = this.#renumbered.length; number < texts.length; number += 1) {
      const label = this.#labelOf(texts[number]!)
      if (!this.#numbers.has(label)) this.#numbers.set(label, this.labels.push(label) - 1)
      this.#renumbered.push(this.#numbers.get(label)!)
    }
    return rows.map((number) => this.#renumbered[number]!)
  }
}
