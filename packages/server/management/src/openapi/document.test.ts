import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { named } from '../answer-fields.ts'
import { defineRoute } from '../define-route.ts'
import { duration, inert, patch } from '../fields.ts'
import { usd } from '../limit-fields.ts'
import { flagParam, numberParam } from '../search-fields.ts'
import { openApiDocument } from './document.ts'

const thing = named('Thing', v.object({ id: v.string(), parent: v.nullable(named('Parent', v.object({ id: v.string() }))) }))
const route = defineRoute({
  method: 'POST', paths: ['/thing/new', '/item/new'], permission: 'keys:write', tag: 'Things', summary: 'Makes a thing.', answer: v.array(thing), example: { id: 'a', max_budget: 5 },
  body: v.strictObject({ id: v.string(), max_budget: patch(usd), span: patch(duration), kind: patch(v.picklist(['a', 'b'])), ...inert('guardrails') }),
  search: v.object({ page: numberParam('The page.', 1, 9), full: flagParam('Everything.') }),
  handle: () => [],
})

interface Described {
  readonly parameters: readonly unknown[]
  readonly requestBody: { readonly required: boolean; readonly content: Record<string, { readonly schema: unknown; readonly example: unknown }> }
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: unknown }> }>
}

describe('openApiDocument', () => {
  const document = openApiDocument([route], { title: 'Test', version: '1' }) as { readonly paths: Record<string, Record<string, Described>>; readonly components: { readonly schemas: Record<string, object> } }
  const operation = document.paths['/thing/new']!['post']!

  it('shows what goes over the wire: USD, spans, null where it clears, and nothing that does nothing', () => {
    expect(document.components.schemas['ThingNewBody']).toEqual({
      type: 'object', additionalProperties: false, required: ['id'],
      properties: {
        id: { type: 'string' },
        max_budget: { type: ['number', 'null'], description: 'USD.', minimum: 0, maximum: 9_000_000 },
        span: { type: ['string', 'null'], description: expect.any(String), examples: ['30d'] },
        kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
      },
    })
    expect(operation.requestBody).toEqual({ required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingNewBody' }, example: { id: 'a', max_budget: 5 } } } })
  })

  it('speaks of numbers and switches in the address', () => {
    expect(operation.parameters).toEqual([
      { name: 'page', in: 'query', required: false, description: 'The page.', schema: { type: 'integer', minimum: 1, maximum: 9, default: 1 } },
      { name: 'full', in: 'query', required: false, description: 'Everything.', schema: { type: 'boolean', default: false } },
    ])
  })

  it('shares what has a name, within what has one too', () => {
    expect(operation.responses['200']!.content['application/json']!.schema).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Thing' } })
    expect(document.components.schemas['Thing']).toMatchObject({ properties: { parent: { anyOf: [{ $ref: '#/components/schemas/Parent' }, { type: 'null' }] } } })
    expect(document.paths['/item/new']!['post']).toMatchObject({ deprecated: true, requestBody: operation.requestBody })
  })

  it('refuses one name for two schemas', () => {
    const other = defineRoute({ method: 'GET', paths: ['/other'], permission: 'keys:read', tag: 'Things', summary: 'Other.', answer: named('Thing', v.string()), handle: () => '' })
    expect(() => openApiDocument([route, other], { title: 'Test', version: '1' })).toThrow('Two schemas are called Thing')
  })

  it('tells how an operation fails: what a change can, a look cannot', () => {
    expect(Object.keys(operation.responses)).toEqual(['200', '400', '401', '403', '404', '409', '422', '503', 'default'])
  })
})
