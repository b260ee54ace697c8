import type { OpenAIQuirks } from './quirks.ts'

/** Fields of our own form that OpenAI itself refuses. */
const foreign = ['cache_control', 'reasoning_content', 'thinking_blocks', 'provider_specific_fields'] as const

/** Those of them that the upstream does not take. */
export function foreignFields({ keeps }: OpenAIQuirks): ReadonlySet<string> {
  return new Set<string>(foreign.filter((field) => !keeps?.includes(field)))
}

/** The list itself when `clean` changes no item. */
export function cleanList<T>(list: readonly T[], clean: (item: T) => T): readonly T[] {
  let copy: T[] | undefined
  for (let i = 0; i < list.length; i += 1) {
    const item = list[i]!
    const cleaned = clean(item)
    if (cleaned !== item) (copy ??= [...list])[i] = cleaned
  }
  return copy ?? list
}

/** The object itself when it has none of the fields. */
export function without<T extends object>(object: T, fields: ReadonlySet<string>): T {
  let copy: Record<string, unknown> | undefined
  for (const field of fields) {
    if (field in object) delete (copy ??= { ...object } as Record<string, unknown>)[field]
  }
  return (copy as T | undefined) ?? object
}
