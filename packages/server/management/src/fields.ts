import { parseDuration } from '@tianjillm/limits'
import * as v from 'valibot'

export const id = v.pipe(v.string(), v.regex(/^[\w.@:+-]{1,200}$/, 'must be letters, digits, and . @ : + - _'))
export const text = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(500, 'is too long'))
export const names = v.pipe(v.array(text), v.maxLength(1000, 'holds too many'))
export const metadata = v.record(v.string(), v.unknown(), 'must be an object')
export const duration = v.pipe(v.string(), v.check((value) => parseDuration(value) !== undefined, 'must be a span such as 30s, 30m, 24h, 7d or 1mo'), v.description('A span: 30s, 30m, 24h, 7d, 1mo.'), v.examples(['30d']))
/** Absent keeps, null clears. */
export const patch = <Schema extends v.GenericSchema>(schema: Schema): v.OptionalSchema<v.NullableSchema<Schema, undefined>, undefined> => v.optional(v.nullable(schema))

/** Fields of LiteLLM's that this version does not act on: refused when they ask for something, so that nobody relies on them. */
export const inert = <const Keys extends readonly string[]>(...keys: Keys): Record<Keys[number], v.OptionalSchema<v.UnknownSchema, undefined>> =>
  Object.fromEntries(keys.map((key) => [key, v.optional(v.pipe(v.unknown(), v.check(isNothing, 'is not supported by this version'), v.metadata({ 'x-inert': true })))])) as never

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === false || value === 0 || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** Absent keeps, null clears, anything else (0, false, '') is meant. */
export function patched<Stored>(given: NoInfer<Stored> | null | undefined, before: Stored, none: NoInfer<Stored>): Stored {
  return given === undefined ? before : given === null ? none : given
}

/** Epoch milliseconds as ISO text. */
export function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
