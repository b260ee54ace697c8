import type { ChatChunk, SubjectText } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutputWindow, type Judge } from './output-window.ts'

interface Piece {
  readonly choice: number
  readonly channel: 'content' | 'reasoning_content' | 'tool'
  readonly text: string
}

const chunkOf = ({ choice, channel, text }: Piece): ChatChunk => ({
  id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm',
  choices: [{ index: choice, delta: channel === 'tool' ? { tool_calls: [{ index: 0, function: { arguments: text } }] } : { [channel]: text }, finish_reason: null }],
})
const bare = (finish: 'stop' | null, choice = 0): ChatChunk => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: choice, delta: {}, finish_reason: finish }] })

/** Texts by channel, of whole chunks. */
function texts(chunks: readonly ChatChunk[]): Record<string, string> {
  const all: Record<string, string> = {}
  for (const { choices } of chunks) {
    for (const { index, delta } of choices) {
      for (const [name, text] of [['content', delta.content], ['reasoning_content', delta.reasoning_content], ['tool', delta.tool_calls?.[0]?.function?.arguments]] as const) {
        if (text !== undefined && text !== null) all[`${index} ${name}`] = (all[`${index} ${name}`] ?? '') + text
      }
    }
  }
  return all
}

const BAD = 'secret'
const map = (change: (text: string) => string): Judge => (list) => list.map((item): SubjectText => ({ ...item, text: change(item.text) }))
const pass: Judge = (list) => list
const block: Judge = (list) => {
  if (list.some(({ text }) => text.includes(BAD))) throw new Error('blocked')
  return list
}
const mask = (text: string): string => text.replaceAll(BAD, '[X]')

const text = fc.array(fc.constantFrom('a', 'b', ' ', 'se', 'cret', 's', 'ecre', 't', BAD, ' secret ', 'é', '🦊', ']'), { maxLength: 30 }).map((parts) => parts.join(''))
const cuts = (whole: string, sizes: readonly number[]): string[] => {
  const parts: string[] = []
  for (let at = 0, i = 0; at < whole.length; i += 1) {
    const size = sizes[i % sizes.length]!
    parts.push(whole.slice(at, at + size))
    at += size
  }
  return parts
}
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const windows = fc.oneof(fc.integer({ min: BAD.length, max: 20 }), fc.constant(Infinity))

/** Pieces of several channels, each cut anywhere, interleaved in any order. */
const streams = fc
  .array(fc.record({ choice: fc.integer({ min: 0, max: 1 }), channel: fc.constantFrom('content' as const, 'reasoning_content' as const, 'tool' as const), text, sizes }), { maxLength: 5 })
  .chain((runs) => {
    const unique = runs.filter((run, i) => runs.findIndex((other) => other.choice === run.choice && other.channel === run.channel) === i)
    const queues = unique.map((run) => cuts(run.text, run.sizes).map((part): Piece => ({ choice: run.choice, channel: run.channel, text: part })))
    const total = queues.reduce((sum, { length }) => sum + length, 0)
    return fc.array(fc.nat(), { minLength: total, maxLength: total }).map((picks) => {
      const left = queues.map((queue) => [...queue])
      return picks.map((pick) => {
        const open = left.filter(({ length }) => length > 0)
        return open[pick % open.length]!.shift()!
      })
    })
  })

function run(pieces: readonly Piece[], windowChars: number, check: Judge): { out: ChatChunk[]; error: unknown } {
  const out: ChatChunk[] = []
  const window = createOutputWindow<ChatChunk>({ operation: 'chat', windowChars, check, release: (chunk) => out.push(chunk) })
  try {
    for (const piece of pieces) {
      window.push(chunkOf(piece))
      void window.advance(false)
    }
    void window.advance(true)
  } catch (error) {
    return { out, error }
  }
  return { out, error: undefined }
}

describe('any stream', () => {
  it('that passes leaves complete, in order, the same objects', () => {
    fc.assert(fc.property(streams, windows, (pieces, windowChars) => {
      const { out } = run(pieces, windowChars, pass)
      expect(out).toEqual(pieces.map(chunkOf))
    }), { numRuns: 300 })
  })

  it('that is blocked has let nothing of the finding go as a whole, and is blocked exactly when a channel holds one', () => {
    fc.assert(fc.property(streams, windows, (pieces, windowChars) => {
      const { out, error } = run(pieces, windowChars, block)
      const dirty = Object.values(texts(pieces.map(chunkOf))).some((all) => all.includes(BAD))
      expect(error !== undefined).toBe(dirty)
      for (const left of Object.values(texts(out))) expect(left).not.toContain(BAD)
    }), { numRuns: 300 })
  })

  it('of one channel that is rewritten leaves as the whole text rewritten, wherever it was cut', () => {
    fc.assert(fc.property(text, sizes, windows, (whole, parts, windowChars) => {
      const { out } = run(cuts(whole, parts).map((part) => ({ choice: 0, channel: 'content', text: part })), windowChars, map(mask))
      expect(texts(out)['0 content'] ?? '').toBe(mask(whole))
      expect(out).toHaveLength(cuts(whole, parts).length)
    }), { numRuns: 500 })
  })

  it('of several channels never lets a finding go that is to be rewritten', () => {
    fc.assert(fc.property(streams, windows, (pieces, windowChars) => {
      const { out } = run(pieces, windowChars, map(mask))
      for (const left of Object.values(texts(out))) expect(left).not.toContain(BAD)
    }), { numRuns: 1000 })
  })

  it('comes out the same when the judge takes its time and chunks come meanwhile', async () => {
    await fc.assert(fc.asyncProperty(text, sizes, windows, async (whole, parts, windowChars) => {
      const out: ChatChunk[] = []
      const slow: Judge = async (list) => { await Promise.resolve(); return map(mask)(list) }
      const window = createOutputWindow<ChatChunk>({ operation: 'chat', windowChars, check: slow, release: (chunk) => out.push(chunk) })
      let looking: void | Promise<void> = undefined
      let busy = false
      for (const part of cuts(whole, parts)) {
        window.push(chunkOf({ choice: 0, channel: 'content', text: part }))
        if (!busy) {
          looking = window.advance(false)
          if (looking) { busy = true; void looking.then(() => { busy = false }) }
        }
        if (part.length % 2 === 0) await Promise.resolve()
      }
      await looking
      await window.advance(true)
      expect(texts(out)['0 content'] ?? '').toBe(mask(whole))
    }), { numRuns: 200 })
  })
})

describe('flow', () => {
  const stream = (windowChars: number, check: Judge = pass) => {
    const out: ChatChunk[] = []
    const window = createOutputWindow<ChatChunk>({ operation: 'chat', windowChars, check, release: (chunk) => out.push(chunk) })
    const send = (chunk: ChatChunk): number => {
      window.push(chunk)
      void window.advance(false)
      return out.length
    }
    return { out, window, send }
  }
  const content = (value: string): ChatChunk => chunkOf({ choice: 0, channel: 'content', text: value })

  it('nothing leaves before the first judgement; then all but the last windowChars', () => {
    const { send, out } = stream(10)
    expect(send(bare(null))).toBe(0)
    for (let i = 0; i < 20; i += 1) send(content('12345'))
    const waiting = 100 - (texts(out)['0 content'] ?? '').length
    expect(waiting).toBeGreaterThanOrEqual(10)
    expect(waiting).toBeLessThan(25)
  })

  it('the end of a choice lets its text go without waiting for the end of the stream', () => {
    const { send, out } = stream(10)
    send(content('short'))
    expect(out).toHaveLength(0)
    send(bare('stop'))
    expect(out).toHaveLength(2)
  })

  it('a finished reasoning does not hold up the answer behind it', () => {
    const { send, out } = stream(10)
    send(chunkOf({ choice: 0, channel: 'reasoning_content', text: 'thought' }))
    for (let i = 0; i < 10; i += 1) send(content('12345'))
    expect(texts(out)['0 reasoning_content']).toBe('thought')
    expect(texts(out)['0 content']!.length).toBeGreaterThan(20)
  })

  it('a whole-answer judge is asked once, at the end', () => {
    let asked = 0
    const { send, out, window } = stream(Infinity, (list) => { asked += 1; return list })
    for (let i = 0; i < 10; i += 1) send(content('12345'))
    send(bare('stop'))
    expect([asked, out.length]).toEqual([0, 0])
    void window.advance(true)
    expect([asked, out.length]).toEqual([1, 11])
  })

  it('a rewritten chunk loses its log probabilities, which repeat the text', () => {
    const { out, window } = stream(10, map(mask))
    const chunk = content(BAD)
    chunk.choices[0]!.logprobs = { content: [{ token: BAD }] }
    window.push(chunk)
    void window.advance(true)
    expect(JSON.stringify(out)).not.toContain(BAD)
  })

  it('the judge sees thinking blocks, transcripts, legacy arguments and custom tool input', () => {
    const seen: string[] = []
    const { window } = stream(10, (list) => { seen.push(...list.map((item) => item.text)); return list })
    const delta = { thinking_blocks: [{ type: 'thinking', thinking: 'a1' }], audio: { transcript: 'a2', data: 'QUJD' }, function_call: { arguments: 'a3' }, tool_calls: [{ index: 0, custom: { input: 'a4' } }], refusal: 'a5' }
    window.push({ choices: [{ index: 0, delta, finish_reason: null }] } as unknown as ChatChunk)
    void window.advance(true)
    expect(seen.sort()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
  })

  it('text completions', () => {
    const out: object[] = []
    const window = createOutputWindow<object>({ operation: 'completions', windowChars: 10, check: map(mask), release: (chunk) => out.push(chunk) })
    for (const part of ['a se', 'cret b']) window.push({ choices: [{ index: 0, text: part }] })
    void window.advance(true)
    expect(out).toEqual([{ choices: [{ index: 0, text: 'a [X] b' }] }, { choices: [{ index: 0, text: '' }] }])
  })
})
