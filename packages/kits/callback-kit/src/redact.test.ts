import { Secret } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { callRecord } from './__fixtures__/double.ts'
import { maskFields, maskMarked, redactRecord } from './redact.ts'

describe('redactRecord', () => {
  it('takes texts away and masks credentials in metadata, and leaves the record as it was', () => {
    const record = callRecord({ text: { request: 'q', response: 'a' }, metadata: { trace: 't', api_key: 'sk-1', nested: [{ Authorization: 'Bearer x', ok: 1 }] } })
    const before = structuredClone(record)
    const redacted = redactRecord(record, { text: false })
    expect(redacted).not.toHaveProperty('text')
    expect(redacted.metadata).toEqual({ trace: 't', api_key: '[secret]', nested: [{ Authorization: '[secret]', ok: 1 }] })
    expect(record).toEqual(before)
  })

  it('keeps texts that may leave', () => {
    expect(redactRecord(callRecord({ text: { request: 'q' } })).text).toEqual({ request: 'q' })
  })
})

describe('maskFields', () => {
  it.each(['apiKey', 'API-KEY', 'x_api_key', 'client-secret', 'Set-Cookie', 'PASSWORD'])('masks %s whatever its spelling', (name) => {
    expect(maskFields({ [name]: { deep: 'value' } })).toEqual({ [name]: '[secret]' })
  })

  it('does not mask names that only resemble one', () => {
    const facts = { key_alias: 'ci', total_tokens: 3, secretary: 'Ann' }
    expect(maskFields(facts)).toEqual(facts)
  })

  it('masks Secret values and names given by the caller', () => {
    expect(maskFields({ value: new Secret('s'), pin: 1 }, ['PIN'])).toEqual({ value: '[secret]', pin: '[secret]' })
  })

  it('makes JSON possible: cycles and bigints', () => {
    const shared = { n: 1n }
    const value: Record<string, unknown> = { a: shared, b: shared }
    value['self'] = value
    expect(JSON.stringify(maskFields(value))).toBe('{"a":{"n":"1"},"b":{"n":"1"},"self":"[circular]"}')
  })
})

describe('maskMarked', () => {
  const marked = v.pipe(v.string(), v.metadata({ secret: true }))
  const schema = v.pipe(
    v.strictObject({
      url: v.string(),
      token_value: v.optional(marked),
      headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.metadata({ secret: true })), {}),
      targets: v.array(v.strictObject({ name: v.string(), dsn: marked })),
    }),
    v.check(() => true),
  )

  it('masks what the schema marks, in optional fields, lists and pipes', () => {
    expect(maskMarked(schema, { url: 'u', token_value: 't', headers: { a: 'b' }, targets: [{ name: 'n', dsn: 'd' }] }))
      .toEqual({ url: 'u', token_value: '[secret]', headers: '[secret]', targets: [{ name: 'n', dsn: '[secret]' }] })
  })

  it('leaves absent fields absent', () => {
    expect(maskMarked(schema, { url: 'u', targets: [] })).toEqual({ url: 'u', targets: [] })
  })

  it('falls back to names for a schema of another library', () => {
    expect(maskMarked({ '~standard': {} }, { url: 'u', api_key: 'k' })).toEqual({ url: 'u', api_key: '[secret]' })
  })
})
