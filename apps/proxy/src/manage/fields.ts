import { UsageError } from '../cli/usage-error.ts'

/** A flag that is sent as a field of the body or of the address. */
export interface Field {
  readonly summary: string
  /** What the help writes for the value; undefined for a switch. */
  readonly value: string | undefined
  /** Given once, or several times. */
  readonly many?: true
  /** What is sent for what was typed. @throws UsageError */
  read(typed: readonly string[], flag: string): unknown
}

const last = (typed: readonly string[]): string => typed.at(-1) ?? ''
/** `null` takes a value away again, in every kind of field. */
const clearing = (read: Field['read']): Field['read'] => (typed, flag) => (last(typed) === 'null' ? null : read(typed, flag))

export const text = (summary: string, value = 'TEXT'): Field => ({ summary, value, read: clearing(last) })

export const number = (summary: string, value = 'N'): Field => ({
  summary, value,
  read: clearing((typed, flag) => {
    const found = Number(last(typed))
    if (last(typed).trim() === '' || !Number.isFinite(found)) throw new UsageError(`${flag} must be a number, found ${JSON.stringify(last(typed))}.`)
    return found
  }),
})

export const usd = (summary: string): Field => number(summary, 'USD')
export const duration = (summary: string): Field => text(summary, '30d')
/** Separated by commas, or given several times. */
export const list = (summary: string, value = 'A,B'): Field => ({ summary, value, many: true, read: clearing((typed) => typed.flatMap((one) => one.split(',')).map((one) => one.trim()).filter((one) => one !== '')) })

export const json = (summary: string): Field => ({
  summary, value: 'JSON',
  read: clearing((typed, flag) => {
    try {
      return JSON.parse(last(typed)) as unknown
    } catch {
      throw new UsageError(`${flag} must be JSON such as '{"name": "value"}'.`)
    }
  }),
})

/** A switch; `--no-name` says the opposite. */
export const yes = (summary: string): Field => ({ summary, value: undefined, read: (typed) => last(typed) === 'true' })

/** A whole number of the address. */
export const page = (summary: string): Field => ({ ...number(summary), read: (typed) => last(typed) })

/** `max_budget` -> `--max-budget`. */
export const flagOf = (field: string): string => `--${field.replaceAll('_', '-')}`
