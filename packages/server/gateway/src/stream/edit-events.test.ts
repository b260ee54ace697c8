import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renameModelInBody } from '../reply/edit-body.ts'
import { hideUsage, ModelRename } from './edit-events.ts'

/** JSON with the words that the edits look for, as keys and as texts, at any depth. */
const word = fc.oneof(fc.constantFrom('model', 'usage', '"model"', '\\"usage":{', 'a\\', 'x "model', '{}', 'é🎉\u2028'), fc.string({ maxLength: 6 }))
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.constant(null), fc.boolean(), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(word.filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4 }),
})).object as fc.Arbitrary<Record<string, unknown>>
const name = fc.constantFrom('gpt', 'a/b', 'quote"d', 'back\\slash', 'grüße')

/** The events of a stream, parsed. */
const parsed = (bytes: Buffer): unknown[] => bytes.toString().split('\n\n').filter((text) => text !== '').map((text) => (text === 'data: [DONE]' ? text : JSON.parse(text.slice(text.indexOf('data:') + 5))))
const wire = (values: readonly unknown[], spaces: number): Buffer => Buffer.from(values.map((value) => `data: ${JSON.stringify(value, null, spaces).replaceAll('\n', ' ')}\n\n`).join(''))
const withModel = fc.tuple(json, name, json).map(([before, model, after]) => ({ ...before, ...after, model }))

const rename = (bytes: Buffer, to: Buffer, cuts: readonly number[] = []): Buffer => {
  const renaming = new ModelRename(to.toString('latin1'))
  const text = bytes.toString('latin1')
  const ends = [...cuts.map((cut) => text.indexOf('\n\n', cut % (text.length + 1)) + 2).filter((end) => end > 1).toSorted((a, b) => a - b), text.length]
  return Buffer.from(ends.map((end, index) => renaming.in(text.slice(ends[index - 1] ?? 0, end))).join(''), 'latin1')
}
const hide = (bytes: Buffer): Buffer => Buffer.from(hideUsage(bytes.toString('latin1')), 'latin1')

describe('ModelRename', () => {
  it('changes the top model of each event, and nothing else', () => {
    fc.assert(fc.property(fc.array(withModel, { maxLength: 4 }), name, fc.constantFrom(0, 1), (events, to, spaces) => {
      expect(parsed(rename(wire(events, spaces), Buffer.from(JSON.stringify(to))))).toEqual(events.map((event) => ({ ...event, model: to })))
    }), { numRuns: 1000 })
  })

  it('does so for events that begin alike, in pieces of one or several', () => {
    const alike = fc.tuple(json, fc.constantFrom('gpt', 'gpt-2'), fc.array(json, { minLength: 1, maxLength: 6 })).map(([before, model, rest]) => rest.map((after) => ({ ...before, model, ...after, ...('model' in after && { model }) })))
    fc.assert(fc.property(alike, name, fc.array(fc.nat({ max: 2000 }), { maxLength: 4 }), (events, to, cuts) => {
      expect(parsed(rename(wire(events, 0), Buffer.from(JSON.stringify(to)), cuts))).toEqual(events.map((event) => ({ ...event, model: to })))
    }), { numRuns: 1000 })
  })

  it('gives the same bytes back when there is no model', () => {
    const bytes = Buffer.from('data: [DONE]\n\n: "model"\n\n')
    expect(rename(bytes, Buffer.from('"x"'))).toEqual(bytes)
  })

  it('does the same for a body, whatever its white space', () => {
    fc.assert(fc.property(withModel, name, fc.constantFrom(undefined, 2, '\t'), (body, to, space) => {
      const bytes = Buffer.from(JSON.stringify(body, null, space))
      expect(JSON.parse(Buffer.from(renameModelInBody(bytes.toString('latin1'), to), 'latin1').toString())).toEqual({ ...body, model: to })
    }), { numRuns: 1000 })
    expect(renameModelInBody('{"data":[]}', 'x')).toBe('{"data":[]}')
  })
})

describe('hideUsage', () => {
  const chunk = (extra: object): object => ({ id: 'c', choices: [{ index: 0, delta: { content: 'say "usage":{"x":1}' } }], ...extra })
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }

  it('leaves out the event that carries only usage, and empties the others', () => {
    const events = wire([chunk({}), chunk({ usage: null }), chunk({ usage }), { id: 'c', choices: [], usage }], 0)
    expect(parsed(hide(Buffer.concat([events, Buffer.from('data: [DONE]\n\n')])))).toEqual([chunk({}), chunk({ usage: null }), chunk({ usage: null }), 'data: [DONE]'])
  })

  it('gives the same bytes back when no event tells usage', () => {
    const bytes = wire([chunk({ usage: null }), chunk({})], 0)
    expect(hide(bytes)).toEqual(bytes)
  })

  it('understands CRLF, spaces and comments', () => {
    const text = `: ping\r\n\r\ndata:{"choices":[], "usage" : {"prompt_tokens":1}}\r\n\r\ndata: ${JSON.stringify(chunk({}))}\r\n\r\n`
    expect(hide(Buffer.from(text)).toString()).toBe(`: ping\r\n\r\ndata: ${JSON.stringify(chunk({}))}\r\n\r\n`)
  })

  it('shows no top usage object after it, for any events', () => {
    const event = fc.tuple(json, fc.constantFrom(undefined, null, usage), fc.boolean()).map(([body, value, empty]) => ({ ...body, choices: empty ? [] : [{ index: 0 }], ...(value !== undefined && { usage: value }) }))
    fc.assert(fc.property(fc.array(event, { maxLength: 4 }), (events) => {
      const kept = parsed(hide(wire(events, 0))) as Record<string, unknown>[]
      expect(kept.every((left) => JSON.stringify(left['usage']) !== JSON.stringify(usage))).toBe(true)
      expect(kept.filter((left) => (left['choices'] as unknown[]).length > 0)).toHaveLength(events.filter(({ choices }) => choices.length > 0).length)
    }))
  })
})
