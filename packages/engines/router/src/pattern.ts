/** A model name with one or more `*`, compiled. */
export interface ModelPattern {
  readonly text: string
  /** What each `*` stands for in `name`, or undefined when the name does not match. */
  match(name: string): readonly string[] | undefined
}

/** Whether a configured model name is a pattern. */
export function isPattern(text: string): boolean {
  return text.includes('*')
}

/** Compiles `anthropic/*`, `claude-*`, `*`. Each `*` stands for any characters, also none. */
export function compilePattern(text: string): ModelPattern {
  const parts = text.split('*')
  return {
    text,
    match(name) {
      const prefix = parts[0]!
      const suffix = parts[parts.length - 1]!
      if (!name.startsWith(prefix) || !name.endsWith(suffix) || name.length < prefix.length + suffix.length) return undefined
      const end = name.length - suffix.length
      if (parts.length === 2) return [name.slice(prefix.length, end)]
      // Leftmost match of each middle part: linear, no backtracking.
      let at = prefix.length
      const stars: string[] = []
      for (const part of parts.slice(1, -1)) {
        const found = name.indexOf(part, at)
        if (found === -1 || found + part.length > end) return undefined
        stars.push(name.slice(at, found))
        at = found + part.length
      }
      stars.push(name.slice(at, end))
      return stars
    },
  }
}

/** A name with what each of its `*` stands for: the first for the first one, and so on. A `*` that is left over stays. */
export function fillStars(text: string, stars: readonly string[]): string {
  let at = 0
  return text.replaceAll('*', (star) => stars[at++] ?? star)
}

/** Sorts patterns so that the one that says most comes first. */
export function bySpecificity(a: string, b: string): number {
  const weight = (text: string): number => text.replaceAll('*', '').length
  return weight(b) - weight(a) || (a < b ? -1 : Number(a > b))
}
