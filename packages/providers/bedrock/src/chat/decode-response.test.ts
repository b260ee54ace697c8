import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { decodeChat } from './decode-response.ts'
import { usageOf } from './usage.ts'

const answer = (content: unknown[], more: object = {}) => decodeChat({ output: { message: { content } }, stopReason: 'end_turn', ...more }, testCall())

describe('decodeChat', () => {
  it.each([
    ['end_turn', 'stop'], ['stop_sequence', 'stop'], ['max_tokens', 'length'], ['model_context_window_exceeded', 'length'], ['guardrail_intervened', 'content_filter'], ['content_filtered', 'content_filter'],
    ['malformed_model_output', 'stop'], ['malformed_tool_use', 'stop'], ['tool_use', 'stop'], ['something_new', 'stop'], [null, 'stop'],
  ])('%s is %s', (stopReason, finish) => {
    expect(answer([{ text: 'a' }], { stopReason }).choices[0]?.finish_reason).toBe(finish)
  })

  it('joins text, and text with citations', () => {
    const citation = { title: 'T', location: { web: { url: 'https://a.example' } } }
    expect(answer([{ text: 'a' }, { citationsContent: { content: [{ text: 'b' }, null], citations: [citation] } }]).choices[0]?.message).toEqual({ role: 'assistant', content: 'ab', provider_specific_fields: { citations: [citation] } })
  })

  it('keeps blocks that OpenAI has no form for', () => {
    const blocks = [{ toolUse: { type: 'server_tool_use', name: 'x', toolUseId: 't', input: {} } }, { toolResult: { toolUseId: 't', content: [] } }, { image: { format: 'png', source: { bytes: 'AA==' } } }]
    const { message, finish_reason: finish } = answer(blocks, { stopReason: 'tool_use' }).choices[0]!
    expect([message, finish]).toEqual([{ role: 'assistant', content: null, provider_specific_fields: { content_blocks: blocks } }, 'stop'])
  })

  it('is content with what is missing', () => {
    expect(answer([null, {}, { text: 7 }, { toolUse: {} }, { reasoningContent: {} }]).choices[0]?.message).toMatchObject({ content: null, tool_calls: [{ id: 'call_0', function: { name: '', arguments: '{}' } }] })
    expect(answer([]).usage).toBeUndefined()
  })
})

describe('usageOf', () => {
  it.each([
    [{ inputTokens: 5, outputTokens: 2 }, { input: 5, output: 2, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }],
    [{ inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 100, cacheWriteInputTokens: 30 }, { input: 5, cacheRead: 100, cacheWrite5m: 30, cacheWrite1h: 0 }],
    [{ inputTokens: 5, outputTokens: 2, cacheWriteInputTokens: 30, cacheDetails: [{ ttl: '1h', inputTokens: 20 }, { ttl: '5m', inputTokens: 10 }] }, { cacheWrite5m: 10, cacheWrite1h: 20 }],
    [{ inputTokens: 5, cacheReadInputTokens: null, cacheDetails: 'x' }, { input: 5, output: 0, cacheRead: 0 }],
  ])('%j', (told, expected) => {
    expect(usageOf({ usage: told })).toMatchObject(expected)
  })

  it.each([null, {}, { usage: null }, { usage: {} }, { usage: { inputTokens: 'x' } }])('knows nothing of %j', (body) => {
    expect(usageOf(body)).toBeUndefined()
  })
})
