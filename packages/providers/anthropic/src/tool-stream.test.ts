import type { ChatChunk } from '@tianjillm/core'
import { createTestHost, TEST_SECRET, testCall } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { anthropicConfig } from './config.ts'
import { anthropicPlugin } from './plugin.ts'

const provider = await anthropicPlugin.create(v.parse(anthropicConfig, { api_key: TEST_SECRET }), createTestHost())

/** What a model says: text and calls of tools, in any order; the calls' arguments cut anywhere, also into nothing. */
const call = fc.record({ name: fc.stringMatching(/^[a-z_]{1,12}$/), args: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), cuts: fc.array(fc.nat(40), { maxLength: 6 }) })
const parts = fc.array(fc.oneof(call, fc.string({ minLength: 1 })), { maxLength: 6 })

function pieces(text: string, cuts: readonly number[]): string[] {
  const ends = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].sort((a, b) => a - b)
  return [0, ...ends].map((from, at) => text.slice(from, [...ends, text.length][at]))
}

it('LL#5231: calls of tools join to what the model said, each under its own number, however the stream is cut', () => {
  fc.assert(fc.property(parts, (said) => {
    const translator = provider.adapters.chat!.stream!(testCall({ stream: true }))
    const chunks: ChatChunk[] = []
    const push = (event: { readonly type: string }): void => translator.push({ event: event.type, data: JSON.stringify(event) }, (chunk) => chunks.push(chunk))
    push({ type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'claude', content: [], stop_reason: null, usage: { input_tokens: 1, output_tokens: 1 } } } as never)
    said.forEach((part, index) => {
      if (typeof part === 'string') {
        push({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } } as never)
        push({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: part } } as never)
      } else {
        push({ type: 'content_block_start', index, content_block: { type: 'tool_use', id: `t${index}`, name: part.name, input: {} } } as never)
        for (const piece of pieces(JSON.stringify(part.args), part.cuts)) push({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: piece } } as never)
      }
      push({ type: 'content_block_stop', index } as never)
    })
    push({ type: 'message_delta', delta: { stop_reason: said.some((part) => typeof part !== 'string') ? 'tool_use' : 'end_turn' }, usage: { output_tokens: 2 } } as never)
    push({ type: 'message_stop' })
    translator.end((chunk) => chunks.push(chunk))

    const deltas = chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta.tool_calls ?? []))
    const wanted = said.flatMap((part, index) => (typeof part === 'string' ? [] : [{ id: `t${index}`, name: part.name, args: part.args }]))
    const joined = wanted.map((_, number) => {
      const own = deltas.filter(({ index }) => index === number)
      return { id: own[0]?.id, name: own[0]?.function?.name, args: JSON.parse(own.map((delta) => delta.function?.arguments ?? '').join('')) as object }
    })
    expect(joined).toEqual(wanted)
    expect(new Set(deltas.map(({ index }) => index))).toEqual(new Set(wanted.map((_, number) => number)))
    // A call is named once, and what comes after says something.
    expect(deltas.filter(({ id }) => id !== undefined)).toHaveLength(wanted.length)
    expect(deltas.filter(({ id, function: called }) => id === undefined && called?.arguments === '')).toEqual([])
  }))
})
