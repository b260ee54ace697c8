import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { AnswerCache, cacheKey, canonical, type CacheKey, type Question, similarQuestion, type Tenant, tenantOf } from './index.ts'

const asker = { key: 'k1', userId: 'u', teamId: 't', organizationId: 'o', endUser: 'e' }
const question = (over: Partial<Question> = {}): Question => ({ tenant: tenantOf(asker), operation: 'chat', dialect: 'openai', group: 'g', body: { model: 'gpt', messages: [] }, ...over })

describe('a key', () => {
  it('cannot be made without a tenant, nor taken for any text', () => {
    expectTypeOf<string>().not.toExtend<Tenant>()
    expectTypeOf<string>().not.toExtend<CacheKey>()
    expectTypeOf<Parameters<AnswerCache['find']>[0]>().toEqualTypeOf<CacheKey>()
  })

  it('is the same for the same request, however it is written, and another for any other', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    const body = fc.dictionary(fc.string(), value)
    const shuffled = (one: unknown): unknown => Array.isArray(one) ? one.map(shuffled) : typeof one === 'object' && one !== null ? Object.fromEntries(Object.entries(one).toReversed().map(([name, inner]) => [name, shuffled(inner)])) : one
    fc.assert(fc.property(body, body, (a, b) => {
      const [first, again, other] = [a, shuffled(a) as typeof a, b].map((each) => cacheKey(question({ body: { x: each } })))
      expect(again).toBe(first)
      expect(other === first).toBe(canonical(a) === canonical(b))
      // Reading it back gives the request: nothing was lost that could tell two apart. (JSON has no -0.)
      expect(JSON.parse(canonical(a))).toEqual(JSON.parse(JSON.stringify(a)))
    }))
  })

  it.each<[string, Partial<Question>]>([
    ['tenant', { tenant: tenantOf({ key: 'k2' }) }], ['kind of call', { operation: 'completions' }], ['dialect', { dialect: 'other' }], ['group', { group: 'h' }], ['namespace', { namespace: 'n' }],
    ['model', { body: { model: 'gpt2', messages: [] } }], ['field', { body: { model: 'gpt', messages: [], n: 2 } }],
  ])('is another for another %s', (_what, over) => {
    expect(cacheKey(question(over))).not.toBe(cacheKey(question()))
  })

  it('does not ask how an answer is delivered or filed', () => {
    const body = { ...question().body, stream: true, stream_options: { include_usage: true }, user: 'u', metadata: { a: 1 }, tags: ['x'], cache: { ttl: 1 } }
    expect(cacheKey(question({ body }))).toBe(cacheKey(question()))
  })
})

describe('a tenant', () => {
  it('is the key by itself, and others only when the operator says so', () => {
    const other = { ...asker, key: 'k2' }
    expect(tenantOf(other)).not.toBe(tenantOf(asker))
    for (const scope of ['user', 'team', 'organization', 'everyone'] as const) expect(tenantOf(other, scope)).toBe(tenantOf(asker, scope))
    expect(tenantOf({ ...other, teamId: 't2' }, 'team')).not.toBe(tenantOf(asker, 'team'))
    expect(tenantOf({ ...asker, endUser: 'f' }, 'end_user')).not.toBe(tenantOf(asker, 'end_user'))
  })

  it('who is in no group shares with nobody, not even with a group of the same name', () => {
    expect(tenantOf({ key: 'k1' }, 'team')).not.toBe(tenantOf({ key: 'k2' }, 'team'))
    expect(tenantOf({ key: 't' }, 'team')).not.toBe(tenantOf({ key: 'k', teamId: 't' }, 'team'))
    expect(tenantOf({ key: 'x', teamId: '1' }, 'team')).not.toBe(tenantOf({ key: 'x', userId: '1' }, 'user'))
  })
})

describe('a question that others may ask in other words', () => {
  const system = { role: 'system', content: 'Be brief.' }
  const asked = (messages: readonly object[], more: object = {}) => similarQuestion(question({ body: { model: 'gpt', messages, ...more } }), 'embed')

  it('has the last user text apart, and the rest as its partition', () => {
    const [a, b] = [asked([system, { role: 'user', content: 'Hi' }]), asked([system, { role: 'user', content: [{ type: 'text', text: ' Hello ' }] }])]
    expect([a?.text, b?.text]).toEqual(['Hi', 'Hello'])
    expect(b?.partition).toBe(a?.partition)
  })

  it.each([
    ['system prompt', [{ ...system, content: 'Be rude.' }, { role: 'user', content: 'Hi' }], {}],
    ['history', [system, { role: 'user', content: 'x' }, { role: 'assistant', content: 'y' }, { role: 'user', content: 'Hi' }], {}],
    ['parameter', [system, { role: 'user', content: 'Hi' }], { temperature: 0 }],
    ['speaker', [system, { role: 'user', name: 'Bo', content: 'Hi' }], {}],
  ])('another %s is another partition', (_what, messages, more) => {
    expect(asked(messages, more)?.partition).not.toBe(asked([system, { role: 'user', content: 'Hi' }])?.partition)
  })

  it('another embedding model or tenant is another partition', () => {
    const messages = [{ role: 'user', content: 'Hi' }]
    const partitions = [[tenantOf(asker), 'a'], [tenantOf(asker), 'b'], [tenantOf({ key: 'k2' }), 'a']].map(([tenant, model]) => similarQuestion(question({ tenant: tenant as Tenant, body: { messages } }), model!)?.partition)
    expect(new Set(partitions).size).toBe(3)
  })

  it.each([
    ['tool results', [{ role: 'tool', content: 'x' }]], ['images', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }]], ['marked text', [{ role: 'user', content: [{ type: 'text', text: 'x', cache_control: {} }] }]],
    ['nothing', [{ role: 'user', content: ' ' }]], ['no message', []], ['a document', [{ role: 'user', content: 'x'.repeat(9000) }]],
  ])('%s are not compared', (_what, messages) => expect(asked(messages)).toBeUndefined())
})
