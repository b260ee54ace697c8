import { asArray, asNumber, asRecord, asString } from '@tianjillm/provider-kit'

/** `.name`, `[0]` or `['name']`. */
const step = /\.([^.[\]]+)|\[(\d{1,6})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/gy

type Container = Record<string, unknown> | unknown[]

/** An object without a prototype, so that no path can reach one. */
const emptyObject = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>

/**
 * Arguments of one function call that arrive as pieces (`streamFunctionCallArguments`).
 * Source: https://ai.google.dev/api/caching#FunctionCall, `partialArgs` and `willContinue`
 */
export class PartialArgs {
  readonly #root: Record<string, unknown>
  /** Path of a text that goes on. */
  #open: string | undefined

  constructor(base: unknown) {
    this.#root = Object.assign(emptyObject(), asRecord(base))
  }

  /** Adds pieces; false when one has a path that leads nowhere. */
  add(pieces: unknown): boolean {
    return asArray(pieces).every((piece) => this.#place(asRecord(piece)))
  }

  /** JSON text of what has arrived. */
  text(): string {
    return JSON.stringify(this.#root)
  }

  #place(piece: Readonly<Record<string, unknown>>): boolean {
    const path = asString(piece['jsonPath']) ?? ''
    const keys = keysOf(path)
    if (keys === undefined) return false
    let at: Container = this.#root
    for (const [i, key] of keys.entries()) {
      // A list grows by one at a time: an index far behind its end is no answer of a model.
      if (Array.isArray(at) !== (typeof key === 'number') || (Array.isArray(at) && (key as number) > at.length)) return false
      const holder = at as Record<string | number, unknown>
      if (i === keys.length - 1) {
        const before = holder[key]
        holder[key] = typeof piece['stringValue'] === 'string' && this.#open === path && typeof before === 'string' ? before + piece['stringValue'] : valueOf(piece)
        break
      }
      const next = holder[key]
      at = holder[key] = typeof next === 'object' && next !== null ? (next as Container) : typeof keys[i + 1] === 'number' ? [] : emptyObject()
    }
    this.#open = piece['willContinue'] === true ? path : undefined
    return true
  }
}

function keysOf(path: string): (string | number)[] | undefined {
  if (!path.startsWith('$') || path.length > 4096) return undefined
  const keys: (string | number)[] = []
  step.lastIndex = 1
  for (let end = 1; end < path.length; end = step.lastIndex) {
    const found = step.exec(path)
    if (found === null) return undefined
    const [, name, index, single, double] = found
    keys.push(index === undefined ? (name ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1')) : Number(index))
  }
  return keys.length > 0 && keys.length <= 64 ? keys : undefined
}

function valueOf(piece: Readonly<Record<string, unknown>>): unknown {
  if (typeof piece['stringValue'] === 'string') return piece['stringValue']
  if (typeof piece['boolValue'] === 'boolean') return piece['boolValue']
  return asNumber(piece['numberValue']) ?? null
}
