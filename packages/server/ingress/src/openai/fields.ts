import { GatewayError } from '@tianjillm/core'

/** Says what a value should have been, or nothing when it is right. */
export type FieldCheck = (value: unknown, path: string) => string | undefined

export const text: FieldCheck = (value) => (typeof value === 'string' ? undefined : 'a string')
export const flag: FieldCheck = (value) => (typeof value === 'boolean' ? undefined : 'true or false')
export const object: FieldCheck = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'an object')
export const list: FieldCheck = (value) => (Array.isArray(value) ? undefined : 'a list')

/** A finite number within bounds, both included. */
export function number(min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): FieldCheck {
  const wanted = `a number${Number.isFinite(min) ? ` of at least ${min}` : ''}${Number.isFinite(max) ? ` and at most ${max}` : ''}`
  return (value) => (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max ? undefined : wanted)
}

/** A whole number within bounds. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): FieldCheck {
  const wanted = `a whole number of at least ${min}${max < Number.MAX_SAFE_INTEGER ? ` and at most ${max}` : ''}`
  return (value) => (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max ? undefined : wanted)
}

/** One of the checks must be content. */
export function either(...checks: readonly FieldCheck[]): FieldCheck {
  return (value, path) => {
    const wanted = checks.map((check) => check(value, path))
    return wanted.includes(undefined) ? undefined : wanted.join(' or ')
  }
}

/**
 * Checks the fields of a body that have a declared type; `null` stands for absent. Unknown fields pass:
 * providers have their own.
 *
 * @throws `invalid_request` naming the field
 */
export function checkFields(body: Record<string, unknown>, checks: Readonly<Record<string, FieldCheck>>): void {
  for (const name in body) {
    const value = body[name]
    if (value === null || value === undefined || !Object.hasOwn(checks, name)) continue
    const wanted = checks[name]!(value, name)
    if (wanted !== undefined) throw invalid(name, wanted, value)
  }
}

/** @throws `invalid_request` for an absent field */
export function requireField(body: Record<string, unknown>, name: string): void {
  if (body[name] === undefined || body[name] === null) throw new GatewayError('invalid_request', `The field \`${name}\` is required.`, { param: name })
}

export function invalid(path: string, wanted: string, found: unknown): GatewayError {
  const type = found === null ? 'null' : Array.isArray(found) ? 'a list' : typeof found
  return new GatewayError('invalid_request', `\`${path}\` must be ${wanted}, found ${type}.`, { param: path })
}
