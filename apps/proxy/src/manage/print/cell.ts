import type { Form } from './column.ts'

const NOTHING = '-'

const forms: Readonly<Record<Form, (value: unknown) => string>> = {
  text: plain,
  usd: (value) => (typeof value === 'number' ? `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 })}` : plain(value)),
  whole: (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : plain(value)),
  moment: (value) => (typeof value === 'string' ? value.replace('T', ' ').replace(/(?::\d{2})?(?:\.\d+)?Z$/, 'Z') : plain(value)),
  list: (value) => (Array.isArray(value) ? (value.map(plain).join(', ') || NOTHING) : plain(value)),
  yes: (value) => (value === true ? 'yes' : value === false ? 'no' : NOTHING),
}

/** A value as text for people, on one line. */
export function cell(value: unknown, form: Form): string {
  return harmless(forms[form](value)) || NOTHING
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (typeof value === 'string') return value
  if (typeof value === 'object' && Object.keys(value).length === 0) return NOTHING
  return JSON.stringify(value)
}

/** Names are their owners' to choose: none of them may move the cursor or paint the terminal of who reads it. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
}
