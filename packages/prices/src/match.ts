/** Which names of models are meant; genai-prices' clauses. All but `regex` ignore case. */
export type Match =
  | { readonly or: readonly Match[] }
  | { readonly and: readonly Match[] }
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }

export function matches(match: Match, name: string): boolean {
  if ('or' in match) return match.or.some((part) => matches(part, name))
  if ('and' in match) return match.and.every((part) => matches(part, name))
  const text = name.toLowerCase()
  if ('equals' in match) return text === match.equals.toLowerCase()
  if ('starts_with' in match) return text.startsWith(match.starts_with.toLowerCase())
  if ('ends_with' in match) return text.endsWith(match.ends_with.toLowerCase())
  if ('contains' in match) return text.includes(match.contains.toLowerCase())
  return new RegExp(match.regex).test(name)
}
