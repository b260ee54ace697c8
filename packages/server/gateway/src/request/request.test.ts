import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { upstreamFields } from './gateway-fields.ts'
import { parseJsonObject, readText } from './parse-json.ts'
import { spliceModel } from './splice-model.ts'

const escaped = 'm\\u006fdel'
const word = fc.oneof(fc.constantFrom('model', '"model"', escaped, 'a\\', 'gpt'), fc.string({ maxLength: 5 }))
// V8 14's own JSON.parse takes `a"` for the key `a\` of an object that it has just read, so names with a backslash stay out.
const key = word.filter((name) => name !== '__proto__' && (name === escaped || !name.includes('\\')))
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, word, fc.integer(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
})).object as fc.Arbitrary<Record<string, unknown>>

/** A body as it came, and its text. */
const bothOf = (text: string): [Buffer, string] => [Buffer.from(text), text]

describe('spliceModel', () => {
  it('makes the bytes mean what a parse and a change would, or declines', () => {
    fc.assert(fc.property(json, json, fc.constantFrom('gpt', 'q"x', 'é'), fc.constantFrom('up', 'new"name'), fc.constantFrom(undefined, 1), (before, after, current, next, space) => {
      const body = { ...before, model: current, ...after }
      const spliced = spliceModel(...bothOf(JSON.stringify(body, null, space)), body.model, next, ',"added":1')
      expect(spliced === undefined ? 'declined' : JSON.parse(spliced.toString())).toEqual(spliced === undefined ? 'declined' : { ...body, model: next, added: 1 })
    }), { numRuns: 2000 })
  })

  const splice = (text: string): string | undefined => spliceModel(...bothOf(text), 'gpt', 'up', '')?.toString()

  it('leaves every other byte alone', () => {
    expect(splice('{ "n":1.0, "model" :\t"gpt" ,"x":1e2}')).toBe('{ "n":1.0, "model" :\t"up" ,"x":1e2}')
  })

  it.each([
    ['a doubled key', '{"model":"gpt","model":"gpt"}'],
    ['a doubled key with escapes', '{"model":"gpt","m\\u006fdel":"gpt"}'],
    ['a doubled key with capital escapes', '{"model":"gpt","\\u006Dodel":"gpt"}'],
    ['a value written with escapes', '{"model":"g\\u0070t"}'],
    ['the word as a value', '{"x":"model"}'],
    ['another value', '{"model":"other"}'],
  ])('declines %s', (_name, text) => {
    expect(splice(text)).toBeUndefined()
  })

  it('gives back what came when nothing changes', () => {
    const text = '{"model":"gpt"}'
    expect(spliceModel(Buffer.from(text), text, 'gpt', 'gpt', '')).toBe(text)
    const wide = Buffer.from('{"model":"gpt","user":"Jörg"}')
    expect(spliceModel(wide, wide.toString(), 'gpt', 'gpt', '')).toBe(wide)
  })
})

describe('parseJsonObject', () => {
  const parse = (text: string | Buffer) => parseJsonObject(readText(Buffer.from(text)))

  it('gives what JSON.parse gives', () => {
    fc.assert(fc.property(json, (body) => {
      expect(parse(JSON.stringify(body))).toEqual(JSON.parse(JSON.stringify(body)))
    }))
  })

  it.each([
    ['', 'empty'], ['{', 'not valid JSON'], ['[]', 'must be a JSON object'], ['null', 'must be a JSON object'], ['7', 'must be a JSON object'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'UTF-8'], [Buffer.from([0xed, 0xa0, 0x80]), 'UTF-8'], ['\ufeff{}', 'not valid JSON'], ['{"a":[{"__proto__":1}]}', '__proto__'],
  ])('refuses %j', (text, words) => {
    expect(() => parse(text)).toThrow(words)
  })

  it('tells the place and nothing of the text', () => {
    expect(() => parse('{"sécret": hunter2}')).toThrow(/^The request body is not valid JSON(?: \(at character 11\))?\.$/)
    expect(() => parse('{"a": x at position 99')).toThrow(/^The request body is not valid JSON(?: \(at character 6\))?\.$/)
  })

  it('takes 100 levels and refuses 101, however deep', () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`
    expect(() => parse(nested(100))).not.toThrow()
    for (const levels of [101, 5000]) expect(() => parse(nested(levels))).toThrow('deeper than 100')
    expect(() => parse(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toThrow(/deeper than 100|not valid JSON/)
  })
})

describe('upstreamFields', () => {
  it('gives the body itself when there is nothing to change', () => {
    const body = { model: 'x', user: 'u' }
    expect(upstreamFields(body, undefined)).toBe(body)
    expect(upstreamFields(body, { user: 'other' })).toBe(body)
  })

  it('takes the gateway\'s fields out without touching the caller\'s object', () => {
    const body = Object.freeze({ model: 'x', tags: [], guardrails: [], cache: {}, metadata: {}, litellm_metadata: {}, drop_params: true, num_retries: 1 })
    expect(upstreamFields(body, { temperature: 1 })).toEqual({ model: 'x', temperature: 1 })
  })

  it('takes the two names of the maximum for one, and null for no word', () => {
    expect(upstreamFields({ max_tokens: 5 }, { max_completion_tokens: 900 })).toEqual({ max_tokens: 5 })
    expect(upstreamFields({ max_tokens: null }, { max_completion_tokens: 900 })).toEqual({ max_tokens: null, max_completion_tokens: 900 })
    expect(upstreamFields({ max_completion_tokens: null }, { max_completion_tokens: 900 })).toEqual({ max_completion_tokens: 900 })
  })

  it('leaves metadata that OpenAI stores', () => {
    expect(upstreamFields({ store: true, metadata: { a: 1 } }, undefined)).toEqual({ store: true, metadata: { a: 1 } })
  })
})
