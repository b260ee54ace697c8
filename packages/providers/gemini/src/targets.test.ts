import type { Provider } from '@tianjillm/core'
import { createTestHost, testCall, TEST_SECRET } from '@tianjillm/test-kit'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { createGeminiAdapters } from './adapters.ts'
import { geminiConfig } from './config.ts'
import { generationOf, isAtLeast, modelPath } from './model.ts'
import { geminiPlugin } from './plugin.ts'
import { supportsChatField, supportsEmbeddingField } from './supports.ts'

const provider = (config: object = {}) => geminiPlugin.create(parse(geminiConfig, { api_key: TEST_SECRET, ...config }), createTestHost()) as Provider
const target = (config: object, model: string, stream = false) => provider(config).adapters.chat!.target(testCall({ model, stream }))

describe('where requests go', () => {
  it.each([
    [{}, 'https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent'],
    [{ api_version: 'v1' }, 'https://generativelanguage.googleapis.com/v1/models/gemini-x:generateContent'],
    [{ api_base: 'https://proxy.example/gemini' }, 'https://proxy.example/gemini/v1beta/models/gemini-x:generateContent'],
    [{ api_base: 'https://proxy.example/v1alpha/' }, 'https://proxy.example/v1alpha/models/gemini-x:generateContent'],
    [{ api_base: 'https://proxy.example/?tenant=a' }, 'https://proxy.example/v1beta/models/gemini-x:generateContent?tenant=a'],
  ])('%j', (config, url) => expect(target(config, 'gemini-x').url).toBe(url))

  it('asks for SSE, and knows tuned models', () => {
    expect(target({}, 'tunedModels/mine-1', true).url).toBe('https://generativelanguage.googleapis.com/v1beta/tunedModels/mine-1:streamGenerateContent?alt=sse')
  })

  it('binds the key to the host, in a header', () => {
    const { url, headers, credential } = target({ api_base: 'https://proxy.example:8443', extra_headers: { 'x-team': 'a' } }, 'gemini-x')
    expect(credential).toEqual({ hosts: ['proxy.example:8443'], headers: { 'x-goog-api-key': TEST_SECRET } })
    expect([url, headers]).toEqual(['https://proxy.example:8443/v1beta/models/gemini-x:generateContent', { 'x-team': 'a' }])
  })

  it('stays correct with more models than it remembers', () => {
    const { chat } = provider().adapters
    for (let i = 0; i < 2500; i++) expect(chat!.target(testCall({ model: `m${i}` })).url).toContain(`/models/m${i}:`)
    expect(chat!.target(testCall({ model: 'm0' })).url).toContain('/models/m0:')
  })

  it.each(['../../v1/files', 'a/../b', 'a?key=1', 'a#b', 'a%2fb', '', '/a', 'a/', 'a b', 'a:b', '.', 'a/b/c/d/e'])('refuses the model %j', (model) => {
    expect(() => modelPath(model)).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'model' }))
  })
})

describe('another service with this dialect', () => {
  it('brings its own address, token and files', async () => {
    const asked: unknown[] = []
    const { chat, embeddings } = createGeminiAdapters({
      provider: 'other',
      target: (operation, call) => {
        asked.push([operation, call.model, call.stream])
        return { url: 'https://other.example/x', headers: {} }
      },
      authorize: async (request) => ({ ...request, headers: { ...request.headers, authorization: 'Bearer t' } }),
      fileUri: (id) => `gs://mine/${id}`,
    })
    const call = testCall({ model: 'gemini-x', stream: true })
    expect(chat.target(call).url).toBe(embeddings.target(call).url)
    expect(asked).toEqual([['chat', 'gemini-x', true], ['embeddings', 'gemini-x', true]])
    expect(await chat.authorize!({ method: 'POST', url: 'https://other.example/x', headers: {}, body: '' }, call)).toMatchObject({ headers: { authorization: 'Bearer t' } })
    expect(chat.encode({ model: 'gemini-x', messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'a.pdf', format: 'application/pdf' } }] }] }, call)).toMatchObject({ contents: [{ parts: [{ fileData: { fileUri: 'gs://mine/a.pdf' } }] }] })
    expect(chat.error({ status: 500, headers: {}, body: Buffer.from('') }, call)).toMatchObject({ provider: 'other', code: 'upstream_error' })
  })
})

describe('the configuration', () => {
  it.each([
    [{}, 'api_key'], [{ api_key: '' }, 'Invalid length'], [{ api_key: 'k', api_base: 'nowhere' }, 'Invalid URL'],
    [{ api_key: 'k', api_version: '../v1' }, 'Invalid format'], [{ api_key: 'k', unknown: 1 }, 'unknown'],
  ])('refuses %j', (config, words) => {
    expect(() => parse(geminiConfig, config)).toThrow(words)
  })
})

describe('generations', () => {
  it.each([['gemini-2.5-flash', 2.5], ['gemini-3-pro-preview', 3], ['models/gemini-1.5-pro', 1.5], ['gemini-3.1-flash-lite', 3.1], ['gemini-flash-latest', undefined], ['gemma-3-27b-it', undefined], ['my-gemini-2.0-tune', 2]])('%s is %s', (model, expected) => {
    expect(generationOf(model)).toBe(expected)
  })

  it('takes unknown names for current models', () => expect([isAtLeast('gemini-flash-latest', 3), isAtLeast('gemini-1.5-pro', 2)]).toEqual([true, false]))
})

describe('fields', () => {
  it.each(['temperature', 'reasoning_effort', 'thinking', 'tools', 'modalities', 'safety_settings', 'safetySettings', 'thinkingConfig', 'image_config', 'cached_content', 'user'])('takes %s', (field) => expect(supportsChatField(field, 'gemini-2.5-pro')).toBe(true))
  it.each(['logit_bias', 'prediction', 'store', 'functions', 'function_call', 'verbosity', 'prompt_cache_key', 'toString'])('has no equivalent of %s', (field) => expect(supportsChatField(field, 'gemini-2.5-pro')).toBe(false))
  it('has no penalties from Gemini 3 on', () => expect(['gemini-2.0-flash', 'gemini-3-pro-preview'].map((model) => supportsChatField('presence_penalty', model))).toEqual([true, false]))
  it('knows those of embeddings', () => expect(['dimensions', 'task_type', 'encoding_format', 'temperature'].map((field) => supportsEmbeddingField(field))).toEqual([true, true, true, false]))
})
