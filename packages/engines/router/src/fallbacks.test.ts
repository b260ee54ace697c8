import { describe, expect, it } from 'vitest'
import { fallbackLists, fallbacksFor, type FallbackTable } from './index.ts'

const table: FallbackTable = {
  general: fallbackLists([{ gpt: ['claude', 'gemini'] }, { 'openai/*': ['claude'] }]),
  contextWindow: fallbackLists([{ gpt: ['long'] }]),
  contentPolicy: fallbackLists([{ '*': ['open'] }]),
  byDefault: ['cheap'],
  max: 5,
}

describe('fallbacks', () => {
  it('are those of the group, else the default ones', () => {
    expect(fallbacksFor(table, ['gpt'], 'timeout')).toEqual(['claude', 'gemini'])
    expect(fallbacksFor(table, ['other'], 'timeout')).toEqual(['cheap'])
  })

  it('know a group by each of its names, the caller\'s first', () => {
    expect(fallbacksFor(table, ['openai/gpt-9', 'openai/*'], 'internal_server')).toEqual(['claude'])
    expect(fallbacksFor(table, ['gpt', 'openai/*'], 'internal_server')).toEqual(['claude', 'gemini'])
  })

  it('of a class of failure win over the general ones', () => {
    expect(fallbacksFor(table, ['gpt'], 'context_window')).toEqual(['long'])
    expect(fallbacksFor(table, ['openai/x', 'openai/*'], 'context_window')).toEqual(['claude'])
    expect(fallbacksFor(table, ['gpt'], 'content_policy')).toEqual(['open'])
  })
})
