import { REFERENCE } from '../config/references.ts'

/** Characters that a text must have for its last ones to be shown. */
const LONG = 16
const SHOWN = 4

/** What is shown of a secret: enough to tell two apart, too little to use. References to the environment say where it is, and stay. */
export function masked(value: unknown): string {
  const text = typeof value === 'string' ? value : ''
  if (text.startsWith(REFERENCE)) return text
  return text.length >= LONG ? `****${text.slice(-SHOWN)}` : '****'
}

/** Every value of an object masked. */
export function maskedValues(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, masked(value)]))
}

/** A URL without user, password and query; anything else as it is. */
export function plainAddress(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes('://')) return value
  try {
    const url = new URL(value)
    url.username = ''
    url.password = ''
    url.search = ''
    url.hash = ''
    return url.href
  } catch {
    return '****'
  }
}

const secretName = /key|token|secret|passw|credential|authorization|cookie|signature|webhook|dsn|salt|cert|private/i
const harmlessName = /^(?:max_.*tokens?|.*_tokens|.*cost_per_.*|.*_token_cost.*|litellm_credential_name|credential_name|credential_info|litellm_key_header_name|key_management_system|token_rate_limit_type)$/

/** Of a pass-through endpoint, the texts that are no secret; any header may be one. */
const ofEndpoints = new Set(['id', 'path', 'target', 'methods'])

/** Of the cold store of spend logs, the texts that no store has of its own: a key may stand under any name. */
const ofArchives = new Set(['type', 'after'])

/** A tree of settings without its secrets: by the names of the keys, and in addresses. @param closed mask every text, but for names that are listed */
export function maskedTree(value: unknown, closed: ReadonlySet<string> | undefined = undefined, key = ''): unknown {
  if (key === 'pass_through_endpoints' && closed === undefined) return maskedTree(value, ofEndpoints, key)
  if (key === 'spend_archive' && closed === undefined) return maskedTree(value, ofArchives, key)
  if (Array.isArray(value)) return value.map((item) => maskedTree(item, closed, key))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, secretName.test(name) && !harmlessName.test(name) && !saysNothing(item) ? masked(item) : maskedTree(item, closed, name)]))
  if (typeof value !== 'string') return value
  return closed && !closed.has(key) ? masked(value) : plainAddress(value)
}

/** A switch is no secret. */
function saysNothing(value: unknown): boolean {
  return typeof value === 'boolean' || value === null
}
