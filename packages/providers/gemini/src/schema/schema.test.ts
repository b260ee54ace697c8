import { describe, expect, it } from 'vitest'
import { toJsonSchema } from './json-schema.ts'
import { toOpenApiSchema } from './openapi-schema.ts'

describe('a JSON Schema for Gemini 2 and later', () => {
  it('keeps what the API knows or ignores', () => {
    const schema = { type: 'object', properties: { a: { type: ['string', 'null'], pattern: '^x' } }, additionalProperties: { type: 'integer' }, required: ['a'], $defs: { b: { type: 'string' } } }
    expect(toJsonSchema(schema)).toEqual(schema)
  })

  it('lets nothing stand beside a $ref, at any depth', () => {
    expect(toJsonSchema({ properties: { a: { $ref: '#/$defs/b', description: 'x', default: null }, l: { type: 'array', items: { $ref: '#', title: 'y' } }, c: { anyOf: [{ $ref: '#/$defs/b', title: 'z' }, { type: 'null' }] } } })).toEqual({
      properties: { a: { $ref: '#/$defs/b' }, l: { type: 'array', items: { $ref: '#' } }, c: { anyOf: [{ $ref: '#/$defs/b' }, { type: 'null' }] } },
    })
  })

  it('writes const as enum, and drops $schema', () => {
    expect(toJsonSchema({ $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { kind: { const: 'a' } } })).toEqual({ properties: { kind: { enum: ['a'] } } })
  })

  it('does not take names and data for keywords', () => {
    const schema = { properties: { $ref: { type: 'string' }, const: { type: 'integer' }, enum: { enum: [{ const: 1 }] } }, default: { const: 2, $ref: 'x', y: 1 } }
    expect(toJsonSchema(schema)).toEqual(schema)
  })

  it('survives names that objects have themselves', () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"const":"a"},"constructor":{"type":"string"}}}')
    expect(JSON.stringify(toJsonSchema(schema))).toBe('{"properties":{"__proto__":{"enum":["a"]},"constructor":{"type":"string"}}}')
  })
})

describe('a schema for older models', () => {
  const convert = (schema: object) => toOpenApiSchema(schema as Record<string, unknown>, 'here')

  it.each([
    ['leaves out what is not known', { type: 'object', additionalProperties: false, strict: true, properties: { a: { type: 'string', format: 'uri' } } }, { type: 'object', properties: { a: { type: 'string' } } }],
    ['keeps formats that are known', { type: 'string', format: 'date-time' }, { type: 'string', format: 'date-time' }],
    ['writes null as nullable', { type: ['integer', 'null'] }, { type: 'integer', nullable: true }],
    ['writes a choice with null as nullable', { anyOf: [{ type: 'string', description: 'd' }, { type: 'null' }] }, { type: 'string', description: 'd', nullable: true }],
    ['writes several types as a choice', { type: ['integer', 'string', 'null'] }, { nullable: true, anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['writes oneOf as anyOf', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
    ['writes enums of texts', { enum: ['a', 'b', null] }, { type: 'string', format: 'enum', enum: ['a', 'b'], nullable: true }],
    ['leaves enums of numbers free', { type: 'integer', enum: [1, 2] }, { type: 'integer' }],
    ['gives lists an item', { type: 'array' }, { type: 'array', items: { type: 'string' } }],
    ['requires only what is there', { type: 'object', properties: { a: { type: 'string' } }, required: ['a', 'gone'] }, { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
    ['says that properties mean an object', { properties: { a: { type: 'string' } } }, { type: 'object', properties: { a: { type: 'string' } } }],
    ['merges allOf', { allOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'string' } }, required: ['b'] }] }, { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a', 'b'] }],
    ['writes references out, with what stands beside them', { type: 'object', properties: { a: { $ref: '#/$defs/x~1y', description: 'mine' } }, $defs: { 'x/y': { type: 'string', description: 'theirs' } } }, { type: 'object', properties: { a: { type: 'string', description: 'mine' } } }],
    ['ends a recursion', { $ref: '#/$defs/n', $defs: { n: { type: 'object', properties: { next: { $ref: '#/$defs/n' } } } } }, { type: 'object', properties: { next: { type: 'object' } } }],
    ['follows no reference to nowhere', { properties: { a: { $ref: '#/$defs/constructor' } }, $defs: {} }, { type: 'object', properties: { a: {} } }],
  ])('%s', (_, schema, expected) => expect(convert(schema)).toEqual(expected))

  it('refuses a schema that grows without end', () => {
    const $defs: Record<string, unknown> = { d0: { type: 'string' } }
    for (let i = 1; i <= 30; i++) $defs[`d${i}`] = { type: 'object', properties: { a: { $ref: `#/$defs/d${i - 1}` }, b: { $ref: `#/$defs/d${i - 1}` } } }
    expect(() => convert({ $ref: '#/$defs/d30', $defs })).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'here' }))
  })
})
