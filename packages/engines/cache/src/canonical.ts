/**
 * JSON of a value with the keys of every object in order: the same text for the same request, however it was written.
 * @param skip names to leave out at the top
 */
export function canonical(value: unknown, skip?: ReadonlySet<string>): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`
  const source = value as Record<string, unknown>
  let text = ''
  for (const name of Object.keys(source).sort()) {
    // JSON has no undefined: a field without a value is a field that is not there.
    if (source[name] === undefined || skip?.has(name)) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(source[name])}`
  }
  return `{${text}}`
}
