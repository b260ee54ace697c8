/** Text as PostgreSQL can hold it: without NUL, and without half of a surrogate pair. */
export function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
