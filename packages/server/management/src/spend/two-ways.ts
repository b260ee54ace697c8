/** Those rows that share a first value. Valid until the next group is told of. */
export interface Group {
  readonly first: number
  /** How many second values there are. */
  readonly count: number
  /** The second values; beyond {@link count} lies what earlier groups left. */
  readonly second: readonly number[]
  /** By sum: that of each second value. */
  readonly sums: readonly (readonly number[])[]
  /** By sum: that of all, as a column of one row. */
  readonly totals: readonly (readonly number[])[]
}

/** Adds rows of numbers up by two values, in time that grows with the rows alone: nothing is looked up, and nothing is made for a group. */
export class TwoWays {
  readonly #next: number[] = []
  /** By first value: its rows, as a list; valid where the stamp is that of this split. */
  readonly #head: number[] = []
  readonly #tail: number[] = []
  readonly #firstStamp: number[] = []
  /** By second value: its place in the group; valid where the stamp is that of this group. */
  readonly #place: number[] = []
  readonly #secondStamp: number[] = []
  #stamp = 0
  /** Lent to who is told of a group. */
  readonly #group = { first: 0, count: 0, second: [] as number[], sums: [] as number[][], totals: [] as number[][] }

  /** @param visit told of each group, in the order of their first rows */
  split(first: Int32Array, second: Int32Array, sums: readonly Float64Array[], visit: (group: Group) => void): void {
    const order = this.#lists(first)
    const group = this.#group
    while (group.sums.length < sums.length) {
      group.sums.push([])
      group.totals.push([0])
    }
    for (const value of order) {
      this.#stamp += 1
      group.first = value
      group.count = 0
      for (const total of group.totals) total[0] = 0
      for (let row = this.#head[value]!; row !== -1; row = this.#next[row]!) this.#add(group, second[row]!, row, sums)
      visit(group)
    }
  }

  /** Links the rows of each first value. Answers which there are. */
  #lists(first: Int32Array): readonly number[] {
    const stamp = (this.#stamp += 1)
    const order: number[] = []
    for (let row = 0; row < first.length; row += 1) {
      const value = first[row]!
      if (this.#firstStamp[value] === stamp) this.#next[this.#tail[value]!] = row
      else {
        this.#firstStamp[value] = stamp
        this.#head[value] = row
        order.push(value)
      }
      this.#tail[value] = row
      this.#next[row] = -1
    }
    return order
  }

  #add(group: { count: number; second: number[]; sums: number[][]; totals: number[][] }, value: number, row: number, sums: readonly Float64Array[]): void {
    const known = this.#secondStamp[value] === this.#stamp
    if (!known) {
      this.#secondStamp[value] = this.#stamp
      this.#place[value] = group.count
      group.second[group.count] = value
      group.count += 1
    }
    const place = this.#place[value]!
    for (let i = 0; i < sums.length; i += 1) {
      const more = sums[i]![row]!
      group.sums[i]![place] = known ? group.sums[i]![place]! + more : more
      group.totals[i]![0]! += more
    }
  }
}
