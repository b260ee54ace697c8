import type { SubjectText } from '@tianjillm/core'

/** One place in a JSON value that holds text: how to read it is in `text`, how to change it in `put`. */
export interface TextSpot {
  readonly role: SubjectText['role']
  readonly text: string
  /** Writes another text at the same place of a copy. */
  readonly path: readonly (string | number)[]
}

/** The subject's view of spots. */
export function subjectTexts(spots: readonly TextSpot[]): SubjectText[] {
  return spots.map(({ role, text }) => ({ role, text }))
}

/** A copy of `root` with other texts at the spots; parts that do not change are shared with the original. */
export function withTexts<T>(root: T, spots: readonly TextSpot[], texts: readonly string[]): T {
  let copy = root
  spots.forEach((spot, i) => {
    const text = texts[i]
    if (text !== undefined && text !== spot.text) copy = put(copy, spot.path, text) as T
  })
  return copy
}

function put(node: unknown, [key, ...rest]: readonly (string | number)[], text: string): unknown {
  if (key === undefined) return text
  const copy: Record<string | number, unknown> = (Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) }) as never
  copy[key] = put(copy[key], rest, text)
  return copy
}
