/** A model name with one or more `*`, compiled. */
export interface ModelPattern {
  readonly text: string
  /** What the first `*` stands for in `name`, or undefined when the name does not match. */
  match(name: string): string | undefined
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
      if (parts.length === 2) return name.slice(prefix.length, end)
      // Leftmost match of each middle part: linear, no backtracking.
      let at = prefix.length
      let first: string | undefined
      for (const part of parts.slice(1, -1)) {
        const found = name.indexOf(part, at)
        if (found === -1 || found + part.length > end) return undefined
        first ??= name.slice(at, found)
        at = found + part.length
      }
      return first ?? ''
    },
  }
}

/** Sorts patterns so that the one that says most comes first. */
export function bySpecificity(a: string, b: string): number {
  const weight = (text: string): number => text.replaceAll('*', '').length
  return weight(b) - weight(a) || (a < b ? -1 : Number(a > b))
}
