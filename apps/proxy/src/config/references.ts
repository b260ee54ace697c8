import { pathOf, type Problems } from './problems.ts'

/** What a reference begins with. */
export const REFERENCE = 'os.environ/'

/** Looks up what `os.environ/NAME` stands for. */
export type LookUp = (name: string) => Promise<string | undefined>

/** A value of the config that could not be looked up stays away, and is told once. */
export interface Missing {
  readonly path: string
  readonly name: string
}

/** Replaces every `os.environ/NAME` in the values (never in keys). Returns a copy, and what was not found. */
export async function resolveReferences<T>(value: T, lookUp: LookUp, problems: Problems, root: readonly (string | number)[] = []): Promise<{ value: T; missing: readonly Missing[] }> {
  const missing: Missing[] = []
  const walk = async (node: unknown, path: readonly (string | number)[]): Promise<unknown> => {
    if (typeof node === 'string' && node.startsWith(REFERENCE)) return find(node.slice(REFERENCE.length), path)
    if (Array.isArray(node)) return Promise.all(node.map((item, i) => walk(item, [...path, i])))
    if (typeof node !== 'object' || node === null) return node
    const entries = await Promise.all(Object.entries(node).map(async ([key, item]) => [key, await walk(item, [...path, key])] as const))
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
  }
  const find = async (name: string, path: readonly (string | number)[]): Promise<string | undefined> => {
    try {
      const found = await lookUp(name)
      if (found === undefined) missing.push({ path: pathOf(path), name })
      return found
    } catch (error) {
      problems.error(pathOf(path), `the secret ${name} could not be read: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  return { value: (await walk(value, root)) as T, missing }
}
