import { describeProvider, loadRecordings, loadRecordingsAbove, TEST_SECRET } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { azurePlugin } from './plugin.ts'
import { createTargets } from './target.ts'

describeProvider({
  plugin: azurePlugin,
  config: { api_key: TEST_SECRET, api_base: 'https://acme.openai.azure.com' },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/azure').filter(({ name }) => /^azure\/(?:chat|embeddings)/.test(name)),
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

  it('is one object for one deployment', () => {
    const target = createTargets({ apiBase: 'https://a', apiVersion: 'v1', headers: {}, credential: undefined })
    expect(target('chat', 'x')).toBe(target('chat', 'x'))
  })
})
