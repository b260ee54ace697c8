const [QUOTE, BACKSLASH, COMMA, MINUS, ZERO] = [34, 92, 44, 45, 48] as const
const FIRST_SLOTS = 1024

/**
 * A column of texts that comes as JSON arrays of them, as PostgreSQL makes them. Texts are told apart by their bytes: only
 * one that was not there before becomes a string. A text is always written in the same way, escapes too.
 */
export class TextColumn {
  /** By number. */
  readonly texts: string[] = []
  /** By number: the bytes between the quotes, and their hash. */
  readonly #bytes: Uint8Array[] = []
  readonly #hashes: number[] = []
  /** A table of numbers by hash, with room; -1 is free. */
  #slots = new Int32Array(FIRST_SLOTS).fill(-1)

  /** The numbers of the texts of an array. @throws Error when it has not so many */
  read(json: Uint8Array, rows: number): Int32Array {
    const numbers = new Int32Array(rows)
    let row = 0
    for (let at = 0; at < json.length; at += 1) {
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

  #numberOf(json: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1
    // The upper bits would have no say otherwise.
    let slot = (hash ^ (hash >>> 15)) & mask
    for (; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!
      if (number === -1) break
      if (this.#hashes[number] === hash && sameBytes(this.#bytes[number]!, json, from, to)) return number
    }
    const number = this.texts.length
    const bytes = json.slice(from, to)
    this.texts.push(JSON.parse(`"${Buffer.from(bytes).toString()}"`) as string)
    this.#bytes.push(bytes)
    this.#hashes.push(hash)
    this.#slots[slot] = number
    if (this.texts.length * 2 > this.#slots.length) this.#makeRoom()
    return number
  }

  #makeRoom(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1)
    this.#hashes.forEach((hash, number) => {
      let slot = (hash ^ (hash >>> 15)) & (slots.length - 1)
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number
    })
    this.#slots = slots
  }
}

function sameBytes(known: Uint8Array, json: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < known.length; i += 1) if (known[i] !== json[from + i]) return false
  return true
}

/** Whole numbers between commas. @throws Error when there are not so many */
export function readNumbers(text: Uint8Array, rows: number): Float64Array {
  const numbers = new Float64Array(rows)
  let row = 0
  for (let at = 0; at < text.length; at += 1) {
    const negative = text[at] === MINUS
    if (negative) at += 1
    let number = 0
    for (; at < text.length && text[at] !== COMMA; at += 1) number = number * 10 + (text[at]! - ZERO)
    if (row < rows) numbers[row] = negative ? -number : number
    row += 1
  }
  if (row !== rows) throw new Error(`a column has ${row} numbers, not ${rows}`)
  return numbers
}
