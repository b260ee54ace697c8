import type { ChatMessage, ChatRequest } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { supportsField } from '../supports.ts'
import { encodeChat } from './encode-request.ts'

const user: ChatMessage = { role: 'user', content: 'Hi' }

function thinking(model: string, fields: Record<string, unknown>, dropParams = false): { thinking: unknown; effort: unknown; dropped: readonly string[] } {
  const call = testCall({ model, dropParams })
  const { body } = encodeChat({ model, messages: [user], ...fields } as ChatRequest, call)
  return { thinking: body['thinking'], effort: (body['output_config'] as { effort?: string } | undefined)?.effort, dropped: call.dropped }
}
const budget = (tokens: number) => ({ type: 'enabled', budget_tokens: tokens })
const summarized = { type: 'adaptive', display: 'summarized' }

describe('reasoning_effort', () => {
  it.each([
    ['claude-3-7-sonnet-20250219', 'minimal', budget(1024), undefined],
    ['claude-3-7-sonnet-20250219', 'low', budget(1024), undefined],
    ['claude-sonnet-4-5', 'medium', budget(2048), undefined],
    ['claude-haiku-4-5', 'high', budget(4096), undefined],
    ['claude-sonnet-4-20250514', 'xhigh', budget(8192), undefined],
    ['claude-opus-4-5-20251101', 'medium', budget(2048), 'medium'],
    ['claude-opus-4-6', 'minimal', { type: 'adaptive' }, 'low'],
    ['claude-sonnet-4-6', 'max', { type: 'adaptive' }, 'max'],
    ['claude-opus-4-7', 'xhigh', summarized, 'xhigh'],
    ['claude-sonnet-5', 'high', summarized, 'high'],
    ['anthropic.claude-haiku-5-5-v1', 'low', summarized, 'low'],
    ['claude-sonnet-4-5', 'none', undefined, undefined],
    ['claude-opus-4-8', 'none', undefined, undefined],
    ['claude-opus-5', 'none', { type: 'disabled' }, undefined],
    ['claude-sonnet-5-5', 'none', { type: 'between_tools' }, undefined],
    ['claude-fable-5-1', 'none', undefined, 'low'],
    ['claude-opus-5-5', 'none', undefined, 'low'],
  ])('%s, %s', (model, effort, expected, level) => {
    expect(thinking(model, { reasoning_effort: effort })).toMatchObject({ thinking: expected, effort: level })
  })
  it('reports a level that the model does not have', () => {
    expect(() => thinking('claude-opus-4-6', { reasoning_effort: 'xhigh' })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'reasoning_effort' }))
    expect(thinking('claude-opus-4-6', { reasoning_effort: 'xhigh' }, true)).toEqual({ thinking: undefined, effort: undefined, dropped: ['reasoning_effort'] })
  })
  it('keeps the budget below max_tokens, and reports it when there is no room', () => {
    expect(thinking('claude-haiku-4-5', { reasoning_effort: 'high', max_tokens: 3000 }).thinking).toEqual(budget(2999))
    expect(thinking('claude-haiku-4-5', { reasoning_effort: 'high', max_tokens: 1000 }, true)).toMatchObject({ thinking: undefined, dropped: ['reasoning_effort'] })
  })
  it('refuses words that are no level', () => {
    expect(() => thinking('claude-haiku-4-5', { reasoning_effort: 'extreme' })).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'reasoning_effort' }))
  })
  it('goes without a budget for a turn whose thinking was lost', () => {
    const messages = [user, { role: 'assistant', tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 't', content: '1' }]
    expect(thinking('claude-haiku-4-5', { reasoning_effort: 'high', messages }).thinking).toBeUndefined()
    expect(thinking('claude-opus-4-6', { reasoning_effort: 'high', messages }).thinking).toEqual({ type: 'adaptive' })
    const kept = messages.map((message) => (message.role === 'assistant' ? { ...message, thinking_blocks: [{ type: 'thinking', thinking: 'x', signature: 's' }] } : message))
    expect(thinking('claude-haiku-4-5', { reasoning_effort: 'high', messages: kept }).thinking).toEqual(budget(4096))
  })
})

describe('thinking', () => {
  it('is sent as it is, and wins over the effort\'s budget', () => {
    expect(thinking('claude-haiku-4-5', { thinking: budget(1500), reasoning_effort: 'high' })).toMatchObject({ thinking: budget(1500), effort: undefined })
    expect(thinking('claude-opus-4-7', { thinking: { type: 'adaptive', display: 'omitted' }, reasoning_effort: 'low' })).toMatchObject({ thinking: { type: 'adaptive', display: 'omitted' }, effort: 'low' })
  })
  it.each([[1024, 'low'], [2048, 'medium'], [9000, 'high']])('a budget of %i is effort %s where budgets are refused', (tokens, effort) => {
    expect(thinking('claude-opus-4-7', { thinking: budget(tokens) })).toMatchObject({ thinking: summarized, effort })
  })
  it('is turned off in the model\'s own way', () => {
    expect(thinking('claude-haiku-4-5', { thinking: { type: 'disabled' } }).thinking).toEqual({ type: 'disabled' })
    expect(thinking('claude-opus-5-5', { thinking: { type: 'disabled' } })).toMatchObject({ thinking: undefined, effort: 'low' })
  })
})

describe('fields that a model takes', () => {
  it.each([
    ['thinking', 'claude-3-5-haiku-latest', false], ['reasoning_effort', 'claude-3-opus-20240229', false], ['reasoning_effort', 'claude-3-7-sonnet-latest', true],
    ['thinking', 'model-behind-a-proxy', true], ['logit_bias', 'claude-opus-5', false], ['seed', 'claude-opus-5', false], ['top_k', 'claude-haiku-4-5', true], ['mcp_servers', 'claude-haiku-4-5', true],
  ])('%s of %s: %s', (field, model, taken) => {
    expect(supportsField(field, model)).toBe(taken)
  })
})
