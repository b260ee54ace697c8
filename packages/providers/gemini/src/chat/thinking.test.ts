import type { ChatRequest } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { thinkingConfig } from './thinking.ts'

const config = (model: string, fields: object) => thinkingConfig({ model, messages: [], ...fields } as ChatRequest, testCall({ model }))

describe('reasoning_effort', () => {
  it.each([
    ['gemini-2.5-flash', 'minimal', { thinkingBudget: 1, includeThoughts: true }],
    ['gemini-2.5-flash-lite', 'minimal', { thinkingBudget: 512, includeThoughts: true }],
    ['gemini-2.5-pro', 'minimal', { thinkingBudget: 128, includeThoughts: true }],
    ['gemini-2.5-pro', 'low', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-2.5-pro', 'medium', { thinkingBudget: 2048, includeThoughts: true }],
    ['gemini-2.5-pro', 'high', { thinkingBudget: 4096, includeThoughts: true }],
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-2.5-flash', 'disable', { thinkingBudget: 0, includeThoughts: false }],
    // It cannot be switched off, and answers 400 to a budget of 0.
    ['gemini-2.5-pro', 'none', { thinkingBudget: 128, includeThoughts: false }],
    ['gemini-flash-latest', 'low', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-3-pro-preview', 'minimal', { thinkingLevel: 'low', includeThoughts: true }],
    ['gemini-3-pro-preview', 'medium', { thinkingLevel: 'high', includeThoughts: true }],
    ['gemini-3-pro-preview', 'none', { thinkingLevel: 'low', includeThoughts: false }],
    ['gemini-3.1-pro-preview', 'medium', { thinkingLevel: 'medium', includeThoughts: true }],
    ['gemini-3-flash-preview', 'minimal', { thinkingLevel: 'minimal', includeThoughts: true }],
    ['gemini-3-flash-preview', 'none', { thinkingLevel: 'minimal', includeThoughts: false }],
    ['gemini-3.5-flash', 'xhigh', { thinkingLevel: 'high', includeThoughts: true }],
  ])('of %s, %s', (model, reasoning_effort, expected) => expect(config(model, { reasoning_effort })).toEqual(expected))

  it('may be an object, as the Agents SDK sends it', () => {
    expect(config('gemini-2.5-pro', { reasoning_effort: { effort: 'low', summary: 'auto' } })).toEqual({ thinkingBudget: 1024, includeThoughts: true })
  })

  it('is refused by name when it is none', () => {
    expect(() => config('gemini-2.5-pro', { reasoning_effort: 'enormous' })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'reasoning_effort' }))
    expect(() => config('gemini-2.5-pro', { reasoning_effort: 'toString' })).toThrow(expect.objectContaining({ param: 'reasoning_effort' }))
  })

  it('is not sent when it is not there', () => {
    expect(config('gemini-2.5-pro', {})).toBeUndefined()
    expect(config('gemini-2.5-pro', { reasoning_effort: null, thinking: null })).toBeUndefined()
  })
})

describe('thinking', () => {
  it.each([
    ['gemini-2.5-flash', { type: 'enabled', budget_tokens: 3000 }, { thinkingBudget: 3000, includeThoughts: true }],
    ['gemini-2.5-flash', { type: 'enabled', budget_tokens: 0 }, { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-2.5-flash', { type: 'adaptive' }, { thinkingBudget: -1, includeThoughts: true }],
    ['gemini-2.5-flash', { type: 'disabled' }, { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-3-pro-preview', { type: 'enabled', budget_tokens: 3000 }, { includeThoughts: true }],
    ['gemini-3-pro-preview', { type: 'disabled' }, { thinkingLevel: 'low', includeThoughts: false }],
  ])('of %s, %j', (model, thinking, expected) => expect(config(model, { thinking })).toEqual(expected))

  it('wins over reasoning_effort, being more exact', () => {
    expect(config('gemini-2.5-flash', { thinking: { type: 'enabled', budget_tokens: 99 }, reasoning_effort: 'high' })).toEqual({ thinkingBudget: 99, includeThoughts: true })
  })
})
