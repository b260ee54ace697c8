import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { Problems } from './problems.ts'

/** A configuration as written: nothing replaced, nothing checked but its form. */
export type RawConfig = Record<string, unknown>

/**
 * Reads a YAML (or JSON) file and the files that its `include` names, relative to it. Lists are joined,
 * objects merged one level deep, the including file wins. `<<` merges as in YAML 1.1, which LiteLLM reads.
 */
export function readConfigFile(path: string, problems: Problems, seen: readonly string[] = []): RawConfig {
  const file = resolve(path)
  if (seen.includes(file)) {
    problems.error('include', `${file} includes itself.`)
    return {}
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    problems.error('', `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.`)
    return {}
  }
  const raw = parse(text, file, problems)
  const { include, ...own } = raw
  if (include === undefined) return own
  if (!Array.isArray(include) || !include.every((item) => typeof item === 'string')) {
    problems.error('include', 'must be a list of file names.')
    return own
  }
  const included = include.map((name: string) => readConfigFile(resolve(dirname(file), name), problems, [...seen, file]))
  return [...included, own].reduce(merge, {})
}

function parse(text: string, file: string, problems: Problems): RawConfig {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, merge: true })
  for (const error of document.errors) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    problems.error('', `${file}:${line}:${col}: ${error.message}`)
  }
  if (document.errors.length > 0) return {}
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
    // Also finds an anchor that holds itself.
    JSON.stringify(value)
  } catch {
    problems.error('', `${file} uses YAML aliases that hold themselves, or so many that they would fill the memory.`)
    return {}
  }
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.error('', `${file} must hold an object of settings.`)
    return {}
  }
  // A section with nothing in it (`general_settings:`) is null in YAML.
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
}

function merge(base: RawConfig, over: RawConfig): RawConfig {
  const merged: RawConfig = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key]
    if (Array.isArray(before) && Array.isArray(value)) merged[key] = [...(before as unknown[]), ...(value as unknown[])]
    else if (isObject(before) && isObject(value)) merged[key] = { ...before, ...value }
    else merged[key] = value
  }
  return merged
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
