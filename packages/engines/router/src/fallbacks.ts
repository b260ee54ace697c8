import type { ErrorClass } from './error-class.ts'

/** Model groups that stand in for others. Keys are names of groups; `*` stands for every group. */
export interface FallbackTable {
  readonly general: ReadonlyMap<string, readonly string[]>
  /** For requests that are longer than the model takes. */
  readonly contextWindow: ReadonlyMap<string, readonly string[]>
  /** For what the provider refuses to answer. */
  readonly contentPolicy: ReadonlyMap<string, readonly string[]>
  /** For groups that no list names. */
  readonly byDefault: readonly string[]
  /** Groups that one call may fall back to. LiteLLM's default is 5. */
  readonly max: number
}

const none: readonly string[] = []

/** Nothing falls back. */
export const noFallbacks: FallbackTable = { general: new Map(), contextWindow: new Map(), contentPolicy: new Map(), byDefault: none, max: 5 }

/**
 * The groups to ask when a group failed, in order. A list for the failure's class wins over the general one.
 * @param names the group under every name that it has: as the caller said it, aliases resolved, pattern as written
 */
export function fallbacksFor(table: FallbackTable, names: readonly string[], failed: ErrorClass): readonly string[] {
  const special = failed === 'context_window' ? table.contextWindow : failed === 'content_policy' ? table.contentPolicy : undefined
  return (special && listFor(special, names)) ?? listFor(table.general, names) ?? table.byDefault
}

function listFor(lists: ReadonlyMap<string, readonly string[]>, names: readonly string[]): readonly string[] | undefined {
  for (const name of names) {
    const list = lists.get(name)
    if (list) return list
  }
  return lists.get('*')
}

/** Reads LiteLLM's form, `[{"gpt-4o": ["claude", "small"]}, {"*": ["gpt-4o-mini"]}]`. Later lists of a name replace earlier ones. */
export function fallbackLists(written: readonly Readonly<Record<string, readonly string[]>>[]): Map<string, readonly string[]> {
  return new Map(written.flatMap((one) => Object.entries(one)))
}
