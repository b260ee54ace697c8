/** A text as it is compared, and where each piece of it stands in the original. */
export interface NormalForm {
  /** NFKC, without invisible characters. */
  readonly text: string
  /** The same in lower case, of the same length. */
  readonly lower: string
  /** The range of the original that `[from, to)` of the normal form comes from. */
  original(from: number, to: number): readonly [from: number, to: number]
}

const invisible = /\p{Default_Ignorable_Code_Point}/gu
/** What NFKC may join: a character and its combining marks, or a run of conjoining Korean letters. */
const clusters = /[\u1100-\u11ff]+|\P{M}[\p{M}\p{Default_Ignorable_Code_Point}]*|\p{M}+/gu

/** The normal form of a text (Unicode Standard Annex 15; Default_Ignorable_Code_Point of UAX 44). */
export function normalForm(source: string): NormalForm {
  if (/^[\0-\x7f]*$/.test(source)) return { text: source, lower: source.toLowerCase(), original: (from, to) => [from, to] }
  const pieces: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const match of source.matchAll(clusters)) {
    const [cluster] = match
    const piece = cluster.replace(invisible, '').normalize('NFKC')
    pieces.push(piece)
    for (let i = 0; i < piece.length; i += 1) {
      starts.push(match.index)
      ends.push(match.index + cluster.length)
    }
  }
  const text = pieces.join('')
  const lower = text.toLowerCase()
  return {
    text,
    lower: lower.length === text.length ? lower : Array.from(text, lowerSameLength).join(''),
    original: (from, to) => [starts[from] ?? source.length, ends[to - 1] ?? source.length],
  }
}

function lowerSameLength(char: string): string {
  const lower = char.toLowerCase()
  return lower.length === char.length ? lower : char
}
