import { describe, expect, it } from 'vitest'
import { enforceable, hasOpenObject } from './schema.ts'

describe('a schema that Anthropic can enforce', () => {
  it('closes objects at every depth', () => {
    const inner = { type: 'object', properties: { a: { type: 'string' } } }
    expect(enforceable({ type: 'object', properties: { x: inner, y: { type: 'array', items: inner }, z: { anyOf: [inner, { type: 'null' }] } }, $defs: { d: inner } })).toEqual({
      type: 'object', additionalProperties: false,
      properties: { x: { ...inner, additionalProperties: false }, y: { type: 'array', items: { ...inner, additionalProperties: false } }, z: { anyOf: [{ ...inner, additionalProperties: false }, { type: 'null' }] } },
      $defs: { d: { ...inner, additionalProperties: false } },
    })
  })
  it('tells limits in the description, after what stood there', () => {
    expect(enforceable({ type: 'string', description: 'A name.', minLength: 1, maxLength: 9 })).toEqual({ type: 'string', description: 'A name.\n\n{"minLength":1,"maxLength":9}' })
    expect(enforceable({ type: 'array', minItems: 1, items: { type: 'integer' } })).toEqual({ type: 'array', minItems: 1, items: { type: 'integer' } })
    expect(enforceable({ type: 'array', minItems: 2 })).toEqual({ type: 'array', description: '{"minItems":2}' })
  })
  it('keeps properties that are named like keywords', () => {
    expect(enforceable({ type: 'object', properties: { minimum: { type: 'number' }, oneOf: { type: 'string' } } })['properties']).toEqual({ minimum: { type: 'number' }, oneOf: { type: 'string' } })
  })
  it('writes oneOf as anyOf, and leaves enums and references', () => {
    expect(enforceable({ oneOf: [{ const: 1 }, { $ref: '#/$defs/a' }], enum: ['x'] })).toEqual({ anyOf: [{ const: 1 }, { $ref: '#/$defs/a' }], enum: ['x'] })
  })
  it('does not change what it was given', () => {
    const given = Object.freeze({ type: 'object', properties: Object.freeze({ a: Object.freeze({ type: 'number', minimum: 1 }) }) })
    expect(enforceable(given)).not.toBe(given)
  })
})

it.each([
  [{ type: 'object', additionalProperties: true }, true],
  [{ type: 'object', properties: { m: { type: 'object', additionalProperties: { type: 'string' } } } }, true],
  [{ anyOf: [{ type: 'object', additionalProperties: {} }] }, true],
  [{ type: 'object', additionalProperties: false, properties: {} }, false],
  [{ type: 'array', items: { type: 'string' } }, false],
])('%j is open: %s', (schema, open) => {
  expect(hasOpenObject(schema)).toBe(open)
})
