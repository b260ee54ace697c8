/** A fenced `ts` block of a Markdown file. */
export interface CodeBlock {
  /** From the root, with forward slashes. */
  readonly file: string
  /** Line of the fence, from 1. */
  readonly line: number
  readonly code: string
}

/** The `ts` blocks of a Markdown text that import something of ours: those are programs, others are fragments. */
export function blocksOf(file: string, text: string): CodeBlock[] {
  return [...text.matchAll(/^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```/gm)]
    .map((found) => ({ file, line: text.slice(0, found.index).split('\n').length, code: found[1]! }))
    .filter(({ code }) => /from '@tianjillm\//.test(code))
}
