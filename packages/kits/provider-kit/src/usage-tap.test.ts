import { type Usage, usage, usageFromOpenAI } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createUsageTap, readBodyUsage } from './usage-tap.ts'

const wire = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12, prompt_tokens_details: { cached_tokens: 3 } }
const read = usage({ input: 4, cacheRead: 3, output: 5 })
const usageOf = (body: unknown, before?: Usage): Usage | undefined => usageFromOpenAI((body as { usage?: unknown }).usage) ?? before
const tapped = (...pieces: readonly string[]): Usage | undefined => {
  const tap = createUsageTap(usageOf)
  for (const piece of pieces) tap.see(Buffer.from(piece).toString('latin1'))
  return tap.read()
}
const event = (body: object): string => `data: ${JSON.stringify(body)}\n\n`

describe('createUsageTap', () => {
  it('finds usage in the last event of a long stream', () => {
    const text = event({ choices: [{ delta: { content: 'x'.repeat(500) } }] })
    expect(tapped(...Array.from({ length: 2000 }, () => text), event({ choices: [], usage: wire }), 'data: [DONE]\n\n')).toEqual(read)
  })

  it('finds what only the first event tells', () => {
    const text = event({ choices: [{ delta: { content: 'x'.repeat(500) } }] })
    expect(tapped(event({ usage: wire }), ...Array.from({ length: 500 }, () => text))).toEqual(read)
  })

  it('takes the last of several, and CRLF', () => {
    expect(tapped(event({ usage: { prompt_tokens: 1, completion_tokens: 0 } }), `data: ${JSON.stringify({ usage: wire })}\r\n\r\n`)).toEqual(read)
  })

  it('is not misled by texts that speak of usage, or by what is no JSON', () => {
    expect(tapped(event({ usage: wire }), event({ choices: [{ delta: { content: '"usage":{"prompt_tokens":99,"completion_tokens":9}' } }] }), 'data: "usage\n\n')).toEqual(read)
    expect(tapped('data: {"usage":null}\n\n', ': comment\n\n')).toBeUndefined()
    expect(tapped()).toBeUndefined()
  })

  it('reads a pretty-printed body whole', () => {
    expect(tapped(JSON.stringify({ id: 'x', usage: wire }, null, 2))).toEqual(read)
  })
})

describe('readBodyUsage', () => {
  const word = fc.oneof(fc.constantFrom('usage', '"usage"', '"usage":{"prompt_tokens":9}', '}', '\\'), fc.string({ maxLength: 5 }))
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, word, fc.integer(), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(word.filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4 }),
  })).object as fc.Arbitrary<object>
  const counts = fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() })

  it('tells what a whole parse would', () => {
    fc.assert(fc.property(json, counts, json, fc.constantFrom(undefined, 2), (before, told, after, space) => {
      const body = { ...before, usage: told, ...Object.fromEntries(Object.entries(after).filter(([key]) => key !== 'usage')) }
      expect(readBodyUsage(JSON.stringify(body, null, space), usageOf)).toEqual(usageOf(body))
    }), { numRuns: 1000 })
  })

  it.each([
    '{"usage":{"prompt_tokens":7,"completion_tokens":5},"tag":"usage","other":{"prompt_tokens":1,"completion_tokens":1}}',
    '{"usage":{"prompt_tokens":7,"completion_tokens":5},"meta":{"usage":{"prompt_tokens":1,"completion_tokens":1}}}',
  ])('takes the top usage of %s', (text) => {
    expect(readBodyUsage(text, usageOf)).toMatchObject({ input: 7, output: 5 })
  })

  it.each(['', 'not json', '{"usage":', '{}', '{"usage":"much"}', '[]'])('knows nothing of %j', (text) => {
    expect(readBodyUsage(text, (body) => usageOf(body))).toBeUndefined()
  })
})
