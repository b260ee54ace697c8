const [QUOTE, BACKSLASH, COMMA, MINUS, ZERO, END] = [34, 92, 44, 45, 48, 93] as const
const FIRST_SLOTS = 1024
const FIRST_BYTES = 16 * 1024

/**
 * A column of texts that comes as JSON arrays of them, as PostgreSQL makes them. Texts are told apart by their bytes: only
 * one that was not there before becomes a string. A text is always written in the same way, escapes too. Where few texts
 * come often, the array has each of them once, and behind it stands which of them a row has: `["a", "b"]0,1,0,0`.
 */
export class TextColumn {
  /** By number. */
  readonly texts: string[] = []
  /** What stands between the quotes, of one text after the other. */
  #bytes = new Uint8Array(FIRST_BYTES)
  /** By number: where it ends there; and its hash. */
  readonly #ends: number[] = []
  readonly #hashes: number[] = []
  /** A table of numbers by hash, with room; -1 is free. */
  #slots = new Int32Array(FIRST_SLOTS).fill(-1)

  /** The numbers of the texts of an array. @throws Error when it has not so many */
  read(json: Buffer, rows: number): Int32Array {
    const numbers = new Int32Array(rows)
    let row = 0
    for (let at = 0; at < json.length; at += 1) {
      if (json[at] === END && at + 1 < json.length) return chosen(numbers.slice(0, row), json.subarray(at + 1), rows)
      if (json[at] !== QUOTE) continue
      const from = at + 1
      let hash = 0
      for (at = from; json[at] !== QUOTE; at += 1) {
        hash = (Math.imul(hash, 31) + json[at]!) | 0
        if (json[at] === BACKSLASH) {
          at += 1
          hash = (Math.imul(hash, 31) + json[at]!) | 0
        }
        if (at >= json.length) throw new Error('a column ends within a text')
      }
      if (row < rows) numbers[row] = this.#numberOf(json, from, at, hash)
      row += 1
    }
    if (row !== rows) throw new Error(`a column has ${row} texts, not ${rows}`)
    return numbers
  }

  #numberOf(json: Buffer, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = spread(hash) & mask
    for (; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!
      if (number === -1) break
      if (this.#hashes[number] === hash && this.#is(number, json, from, to)) return number
    }
    const number = this.texts.length
    const written = json.toString('utf8', from, to)
    this.texts.push(written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written)
    this.#hashes.push(hash)
    this.#keep(json.subarray(from, to))
    this.#slots[slot] = number
    if (this.texts.length * 2 > this.#slots.length) this.#makeRoom()
    return number
  }

  /** Whether these are the bytes of a text. */
  #is(number: number, json: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes
    let at = number === 0 ? 0 : this.#ends[number - 1]!
    if (this.#ends[number]! - at !== to - from) return false
    for (let i = from; i < to; i += 1, at += 1) if (bytes[at] !== json[i]) return false
    return true
  }

  #keep(bytes: Uint8Array): void {
    const at = this.#ends.at(-1) ?? 0
    const end = at + bytes.length
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(end * 2)
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
    }
    this.#bytes.set(bytes, at)
    this.#ends.push(end)
  }

  #makeRoom(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1)
    this.#hashes.forEach((hash, number) => {
      let slot = spread(hash) & (slots.length - 1)
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number
    })
    this.#slots = slots
  }
}

/** What stands at these places. @throws Error when there are not so many, or there is no such place */
function chosen(values: Int32Array, places: Uint8Array, rows: number): Int32Array {
  const numbers = new Int32Array(rows)
  let row = 0
  for (let at = 0; at < places.length; at += 1) {
    let place = 0
    for (; at < places.length && places[at] !== COMMA; at += 1) place = place * 10 + (places[at]! - ZERO)
    if (place >= values.length) throw new Error(`a column has ${values.length} texts, not the one at ${place}`)
    if (row < rows) numbers[row] = values[place]!
    row += 1
  }
  if (row !== rows) throw new Error(`a column has ${row} numbers, not ${rows}`)
  return numbers
}

/** The upper bits would have no say otherwise. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15)
}

/** Whole numbers between commas, added to what there is. @throws Error when there are not so many */
export function addNumbers(numbers: Float64Array, text: Uint8Array): Float64Array {
  const rows = numbers.length
  let row = 0
  for (let at = 0; at < text.length; at += 1) {
    const negative = text[at] === MINUS
    if (negative) at += 1
    let number = 0
    for (; at < text.length && text[at] !== COMMA; at += 1) number = number * 10 + (text[at]! - ZERO)
    if (row < rows) numbers[row]! += negative ? -number : number
    row += 1
  }
  if (row !== rows) throw new Error(`a column has ${row} numbers, not ${rows}`)
  return numbers
}
