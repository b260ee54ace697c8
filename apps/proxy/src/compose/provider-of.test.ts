import { describe, expect, it } from 'vitest'
import { providerOf } from './provider-of.ts'

describe('providerOf', () => {
  it.each([
    ['openai/gpt-4o', undefined, 'openai', 'gpt-4o'],
    ['openrouter/meta/llama', undefined, 'openrouter', 'meta/llama'],
    ['@acme/tianjillm-echo/echo-1', undefined, '@acme/tianjillm-echo', 'echo-1'],
    ['@acme/tianjillm-echo/team/echo-1', undefined, '@acme/tianjillm-echo', 'team/echo-1'],
    ['echo-1', '@acme/tianjillm-echo', '@acme/tianjillm-echo', 'echo-1'],
    ['@acme/tianjillm-echo/echo-1', '@acme/tianjillm-echo', '@acme/tianjillm-echo', 'echo-1'],
    ['claude-haiku-4-5', undefined, 'anthropic', 'claude-haiku-4-5'],
    ['gpt-4o', undefined, 'openai', 'gpt-4o'],
    ['o3', undefined, 'openai', 'o3'],
    ['gemini-2.5-flash', undefined, 'gemini', 'gemini-2.5-flash'],
  ])('%s with %s', (model, named, provider, name) => expect(providerOf(model, named)).toEqual({ provider, model: name }))

  it.each(['some-model', '@acme/tianjillm-echo', '/x'])('%s tells no provider', (model) => expect(providerOf(model, undefined)).toBeUndefined())
})
