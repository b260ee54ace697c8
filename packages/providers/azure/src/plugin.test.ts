import { createTestHost, describeProvider, loadRecordings, loadRecordingsAbove, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { azureConfig } from './config.ts'
import { azurePlugin } from './plugin.ts'
import { createTargets } from './target.ts'

/** A model of another vendor's was recorded with an answer in another form. */
const responses = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/azure').filter(({ name, request }) => request?.url?.endsWith('/responses') && !name.includes('deepseek')).map((recording) => ({ ...recording, operation: 'responses' as const }))

describeProvider({
  plugin: azurePlugin,
  config: { api_key: TEST_SECRET, api_base: 'https://acme.openai.azure.com' },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: [...loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/azure').filter(({ name }) => /^azure\/(?:chat|embeddings)/.test(name)), ...responses],
})

describe('where calls go', () => {
  const url = (apiBase: string, apiVersion: string) => createTargets({ apiBase, apiVersion, headers: {}, credential: undefined })('chat', 'my dep').url

  it.each([
    ['https://a.openai.azure.com', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com/', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com/openai', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://gate.acme.com/openai/deployments/other', '2024-10-21', 'https://gate.acme.com/openai/deployments/other/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com', 'v1', 'https://a.openai.azure.com/openai/v1/chat/completions'],
    ['https://a.openai.azure.com/openai/v1', 'preview', 'https://a.openai.azure.com/openai/v1/chat/completions?api-version=preview'],
  ])('%s with %s', (base, version, expected) => expect(url(base, version)).toBe(expected))

  const responses = (apiBase: string, apiVersion: string) => createTargets({ apiBase, apiVersion, headers: {}, credential: undefined })('responses', 'my dep').url

  it.each([
    ['https://a.openai.azure.com', '2024-10-21', 'https://a.openai.azure.com/openai/v1/responses'],
    ['https://a.openai.azure.com', '2025-04-01-preview', 'https://a.openai.azure.com/openai/responses?api-version=2025-04-01-preview'],
    ['https://a.openai.azure.com/openai/deployments/other', '2025-04-01-preview', 'https://a.openai.azure.com/openai/responses?api-version=2025-04-01-preview'],
    ['https://a.openai.azure.com', 'v1', 'https://a.openai.azure.com/openai/v1/responses'],
    ['https://a.openai.azure.com/openai/v1', 'preview', 'https://a.openai.azure.com/openai/v1/responses?api-version=preview'],
  ])('responses of %s with %s', (base, version, expected) => expect(responses(base, version)).toBe(expected))

  it('what the resource keeps is found beside it, with the version', async () => {
    const provider = await azurePlugin.create(v.parse(azureConfig, { api_base: 'https://a.openai.azure.com', api_key: 'k', api_version: '2025-04-01-preview' }), createTestHost())
    expect(provider.adapters.responses!.stored!('resp_1', 'input_items')).toMatchObject({ url: 'https://a.openai.azure.com/openai/responses/resp_1/input_items?api-version=2025-04-01-preview', credential: { headers: { 'api-key': 'k' } } })
  })

  it('is one object for one deployment', () => {
    const target = createTargets({ apiBase: 'https://a', apiVersion: 'v1', headers: {}, credential: undefined })
    expect(target('chat', 'x')).toBe(target('chat', 'x'))
  })
})
