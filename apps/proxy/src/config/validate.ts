import * as v from 'valibot'
import { unknownKey } from '@tianjillm/core'
import { pathOf, type Problems } from './problems.ts'
import { type Config, configSchema } from './schema.ts'

/** Where an item of a list stands in the file: items that were wrong are left out of the configuration. */
export type Place = (list: 'model_list' | 'guardrails', index: number) => string

type Entries = Readonly<Record<string, v.GenericSchema>>

/** Rounds of checking and leaving out; a round can only uncover problems of what was hidden behind others. */
const ROUNDS = 5

/**
 * Checks a configuration against the schema, and gathers every problem with its path. What is wrong is left
 * out of the answer, so that the rest can be checked further and all problems are told at once.
 */
export function validateConfig(raw: Record<string, unknown>, problems: Problems): { readonly config: Config; readonly place: Place } | undefined {
  warnLater(raw, configSchema.entries as unknown as Entries, [], problems)
  let rest: Record<string, unknown> = structuredClone(raw)
  const kept = new Map(Object.entries(rest).flatMap(([list, items]) => (Array.isArray(items) ? [[list, items.map((_, index) => index)]] : [])))
  const told = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const result = v.safeParse(configSchema, rest, { abortEarly: false })
    if (result.success) return { config: result.output, place: (list, index) => `${list}[${kept.get(list)?.[index] ?? index}]` }
    for (const issue of result.issues) {
      const { keys, message } = problemOf(issue, configSchema)
      const path = pathOf(keys)
      // Indexes move when items are left out, so later rounds tell only what they can place.
      if (round === 0 || !told.has(message)) problems.error(path, message)
      told.add(message)
    }
    rest = withoutIssues(rest, result.issues, kept)
  }
  return undefined
}

/** What is wrong with a value, and where in it. */
export function problemOf(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): { readonly keys: readonly (string | number)[]; readonly message: string } {
  const keys = (issue.path ?? []).map(({ key }) => key as string | number)
  return { keys, message: issue.type === 'strict_object' && issue.expected === 'never' ? unknownKey(String(keys.at(-1)), knownKeys(schema, keys.slice(0, -1))) : words(issue) }
}

/** The configuration without what is wrong: the value, or the list's item that lacks something. */
function withoutIssues(config: Record<string, unknown>, issues: readonly v.BaseIssue<unknown>[], kept: Map<string, number[]>): Record<string, unknown> {
  const gone = Symbol('gone')
  for (const issue of issues) {
    const keys = (issue.path ?? []).map(({ key }) => key as string | number)
    const item = keys.findLastIndex((key) => typeof key === 'number')
    const cut = issue.received === 'undefined' && item >= 0 ? keys.slice(0, item + 1) : keys
    const parent = cut.slice(0, -1).reduce<unknown>((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], config)
    if (typeof parent === 'object' && parent !== null && cut.length > 0) (parent as Record<string | number, unknown>)[cut.at(-1)!] = gone
  }
  for (const [list, indexes] of kept) {
    const items = config[list] as unknown[]
    kept.set(list, indexes.filter((_, index) => items[index] !== gone))
  }
  const sweep = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.filter((item) => item !== gone).map(sweep)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).filter(([, item]) => item !== gone).map(([key, item]) => [key, sweep(item)]))
  }
  return sweep(config) as Record<string, unknown>
}

function words(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'is missing.'
  return issue.message.startsWith('Invalid') ? `must be ${issue.expected ?? 'of another kind'}, found ${kindOf(issue.input)}.` : `${issue.message}.`
}

/** The kind of a value, never the value: it may be a secret. */
function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The names that are known at a path of the schema. */
function knownKeys(schema: unknown, path: readonly (string | number)[]): string[] {
  let node = unwrap(schema)
  for (const key of path) {
    if (node?.entries) node = unwrap(node.entries[key])
    else if (node?.item) node = unwrap(node.item)
    else return []
  }
  return Object.keys(node?.entries ?? {})
}

interface SchemaNode {
  readonly entries?: Readonly<Record<string, unknown>>
  readonly item?: unknown
}

function unwrap(schema: unknown): SchemaNode | undefined {
  let node = schema as (SchemaNode & { wrapped?: unknown }) | undefined
  while (node?.wrapped) node = node.wrapped as typeof node
  return node
}

function warnLater(raw: Record<string, unknown>, entries: Entries, path: readonly string[], problems: Problems): void {
  for (const [key, value] of Object.entries(raw)) {
    const schema = unwrap(entries[key]) as v.GenericSchema | undefined
    if (!schema) continue
    if ((v.getMetadata(schema as never) as { later?: boolean }).later === true) problems.warn(pathOf([...path, key]), 'is known, but has no effect in this version.')
    const inner = unwrap(entries[key])?.entries as Entries | undefined
    if (inner && typeof value === 'object' && value !== null && !Array.isArray(value)) warnLater(value as Record<string, unknown>, inner, [...path, key], problems)
  }
}
