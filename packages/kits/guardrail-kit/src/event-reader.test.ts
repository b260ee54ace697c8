import type { ResponsesEvent, SubjectText } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutputWindow, type Judge } from './output-window.ts'

const BAD = 'secret'
const mask = (text: string): string => text.replaceAll(BAD, '[X]')
const masking: Judge = (list) => list.map((item): SubjectText => ({ ...item, text: mask(item.text) }))
const blocking: Judge = (list) => {
  if (list.some(({ text }) => text.includes(BAD))) throw new Error('blocked')
  return list
}

interface Item {
  readonly kind: 'text' | 'call' | 'reasoning'
  readonly text: string
  readonly sizes: readonly number[]
  /** False: the item comes whole, as those of some upstreams do. */
  readonly pieces: boolean
}

function cut(whole: string, sizes: readonly number[]): string[] {
  const parts: string[] = []
  for (let at = 0, i = 0; at < whole.length; i += 1) {
    parts.push(whole.slice(at, at + sizes[i % sizes.length]!))
    at += sizes[i % sizes.length]!
  }
  return parts
}

const itemOf = ({ kind, text }: Item, at: number): object =>
  kind === 'call' ? { id: `fc_${at}`, type: 'function_call', name: 'f', arguments: text }
    : kind === 'reasoning' ? { id: `rs_${at}`, type: 'reasoning', summary: [{ type: 'summary_text', text }] }
      : { id: `msg_${at}`, type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [], logprobs: [{ token: text, logprob: 0 }] }] }

/** The events of a response with these items, as OpenAI documents them. */
function eventsOf(items: readonly Item[]): ResponsesEvent[] {
  return [
    { type: 'response.created', response: { id: 'r', output: [] } },
    ...items.flatMap((item, at): ResponsesEvent[] => {
      const place = { item_id: `i_${at}`, output_index: at }
      const done = { type: 'response.output_item.done', output_index: at, item: itemOf(item, at) }
      if (!item.pieces) return [done]
      const pieces = cut(item.text, item.sizes)
      if (item.kind === 'call') return [...pieces.map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })), { type: 'response.function_call_arguments.done', ...place, arguments: item.text }, done]
      if (item.kind === 'reasoning') return [...pieces.map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, summary_index: 0, delta })), { type: 'response.reasoning_summary_text.done', ...place, summary_index: 0, text: item.text }, { type: 'response.reasoning_summary_part.done', ...place, summary_index: 0, part: { type: 'summary_text', text: item.text } }, done]
      return [...pieces.map((delta) => ({ type: 'response.output_text.delta', ...place, content_index: 0, delta, logprobs: [{ token: delta, logprob: 0 }] })), { type: 'response.output_text.done', ...place, content_index: 0, text: item.text }, { type: 'response.content_part.done', ...place, content_index: 0, part: { type: 'output_text', text: item.text } }, done]
    }),
    { type: 'response.completed', response: { id: 'r', output: items.map(itemOf) } },
  ]
}

const words = fc.array(fc.constantFrom('a', ' ', 'se', 'cret', 's', 'ecre', 't', BAD, 'é', '🦊'), { minLength: 1, maxLength: 15 }).map((parts) => parts.join(''))
const items = fc.array(fc.record({ kind: fc.constantFrom('text' as const, 'call' as const, 'reasoning' as const), text: words, sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), pieces: fc.boolean() }), { minLength: 1, maxLength: 4 })
const windows = fc.oneof(fc.integer({ min: BAD.length, max: 20 }), fc.constant(Infinity))

async function run(events: readonly ResponsesEvent[], windowChars: number, check: Judge): Promise<{ out: ResponsesEvent[]; failed: boolean }> {
  const out: ResponsesEvent[] = []
  const window = createOutputWindow<ResponsesEvent>({ operation: 'responses', windowChars, check, release: (event) => out.push(event) })
  try {
    for (const event of events) {
      window.push(event)
      await window.advance(false)
    }
    await window.advance(true)
    return { out, failed: false }
  } catch {
    return { out, failed: true }
  }
}

describe('a window over the events of a response', () => {
  it('LL#35257: whatever a guardrail rewrites is rewritten in pieces and wherever the whole text stands again', async () => {
    await fc.assert(fc.asyncProperty(items, windows, async (made, windowChars) => {
      const { out } = await run(eventsOf(made), windowChars, masking)
      expect(out.map(({ type }) => type)).toEqual(eventsOf(made).map(({ type }) => type))
      expect(JSON.stringify(out)).not.toContain(BAD)
      for (const [at, { text, pieces }] of made.entries()) {
        const said = out.filter((event) => event['output_index'] === at && 'delta' in event).map((event) => event['delta']).join('')
        expect(said).toBe(pieces ? mask(text) : '')
        expect(JSON.stringify((out.at(-1)!['response'] as { output: unknown[] }).output[at])).toContain(JSON.stringify(mask(text)))
      }
    }), { numRuns: 300 })
  })

  it('lets nothing of a refused text out, and changes nothing that passes', async () => {
    await fc.assert(fc.asyncProperty(items, windows, async (made, windowChars) => {
      const events = eventsOf(made)
      const { out, failed } = await run(events, windowChars, blocking)
      const bad = made.some(({ text }) => text.includes(BAD))
      expect(failed).toBe(bad)
      expect(JSON.stringify(out)).not.toContain(BAD)
      expect(out).toEqual(events.slice(0, bad ? out.length : undefined))
    }), { numRuns: 300 })
  })

  it('lets the beginning go before the end has come', async () => {
    const out: ResponsesEvent[] = []
    const window = createOutputWindow<ResponsesEvent>({ operation: 'responses', windowChars: 5, check: masking, release: (event) => out.push(event) })
    for (const event of eventsOf([{ kind: 'text', text: 'x'.repeat(100), sizes: [10], pieces: true }]).slice(0, 8)) {
      window.push(event)
      await window.advance(false)
    }
    expect(out.length).toBeGreaterThan(2)
  })
})
