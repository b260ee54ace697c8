/** Absent keeps, null clears; a secret that comes back masked, as it was shown, is kept. */
export function merged(before: unknown, given: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> {
  const next = new Map(Object.entries(before as Readonly<Record<string, unknown>>))
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value === undefined || (typeof value === 'string' && value.startsWith('****'))) continue
    if (value === null) next.delete(key)
    else next.set(key, value)
  }
  return Object.fromEntries(next)
}
