/** Where output goes, and what that place can show. */
export interface Screen {
  /** Columns; Infinity where nobody looks (a file, a pipe): nothing is cut there. */
  readonly width: number
  readonly colour: boolean
}

/** @see https://no-color.org */
export function screenOf(stream: { readonly isTTY?: boolean; readonly columns?: number }, env: Readonly<Record<string, string | undefined>>): Screen {
  const tty = stream.isTTY === true
  return { width: tty ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY, colour: tty && !env['NO_COLOR'] && env['TERM'] !== 'dumb' }
}

/** Titles and side notes. */
export const faint = (text: string, { colour }: Screen): string => (colour && text !== '' ? `\u001B[2m${text}\u001B[22m` : text)
export const strong = (text: string, { colour }: Screen): string => (colour && text !== '' ? `\u001B[1m${text}\u001B[22m` : text)
