/** A place in JSON, in LiteLLM's notation: `query`, `documents[*].text`, `messages[0].content`, with or without `$.` before it. */
export type Field = readonly (string | typeof EVERY)[]

/** Each item of an array. */
const EVERY = Symbol('every')
/** What {@link fieldOf} reads. */
export const FIELD = /^(?:\$\.)?[\w-]+(?:\.[\w-]+|\[(?:\*|\d{1,6})\])*$/

/** @param text fits {@link FIELD} */
export function fieldOf(text: string): Field {
  return [...text.replace(/^\$\./, '').matchAll(/[\w-]+|\*/g)].map(([step]) => (step === '*' ? EVERY : step))
}

/** A text or a number in JSON, and how it is replaced. */
export interface Leaf {
  readonly text: string
  readonly set: (text: string) => void
}

type Holder = Record<string, unknown>

/** Every text and number that the fields hold, each once. What is not there holds none. @param fields absent: all of it */
export function leavesOf(json: object, fields: readonly Field[] | undefined): readonly Leaf[] {
  const leaves = new Map<Holder, Map<string, Leaf>>()
  const take = (holder: Holder, key: string): void => {
    const value = holder[key]
    if (typeof value === 'string' || isNumber(value)) {
      const ofHolder = leaves.get(holder) ?? new Map<string, Leaf>()
      leaves.set(holder, ofHolder.set(key, { text: typeof value === 'string' ? value : numberText(value), set: (text) => void (holder[key] = text) }))
    } else if (typeof value === 'object' && value !== null) for (const name of Object.keys(value)) take(value as Holder, name)
  }
  const walk = (holder: Holder, [step, ...rest]: Field): void => {
    const keys = step === EVERY ? (Array.isArray(holder) ? Object.keys(holder) : []) : [step!]
    for (const key of keys) {
      if (!Object.hasOwn(holder, key)) continue
      const value = holder[key]
      if (rest.length === 0) take(holder, key)
      else if (typeof value === 'object' && value !== null) walk(value as Holder, rest)
    }
  }
  if (fields) for (const field of fields) walk(json as Holder, field)
  else for (const name of Object.keys(json)) take(json as Holder, name)
  return [...leaves.values()].flatMap((ofHolder) => [...ofHolder.values()])
}

/** ECMAScript 2026, which the types do not know yet: numbers as they were written. */
const exact = JSON as unknown as { readonly rawJSON: (text: string) => { readonly rawJSON: string }; readonly isRawJSON: (value: unknown) => value is { readonly rawJSON: string } }

/** JSON whose numbers are written again as they came, however many digits they have. @throws SyntaxError */
export function parseExactly(text: string): unknown {
  const reviver = (_key: string, value: unknown, context?: { readonly source: string }): unknown => (typeof value === 'number' && context && String(value) !== context.source ? exact.rawJSON(context.source) : value)
  return JSON.parse(text, reviver) as unknown
}

function isNumber(value: unknown): value is number | { readonly rawJSON: string } {
  return typeof value === 'number' || exact.isRawJSON(value)
}

function numberText(value: number | { readonly rawJSON: string }): string {
  return typeof value === 'number' ? String(value) : value.rawJSON
}
