import manifest from '../package.json' with { type: 'json' }
import { createTestHost, describeProvider, loadRecordings, loadRecordingsAbove, type Recording, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { catalogue, catalogueRow } from './catalogue.ts'
import { openaiCompatiblePlugin, openaiCompatiblePlugins } from './plugin.ts'

const own = loadRecordings(new URL('./__fixtures__/', import.meta.url))

/** Folders of recorded traffic, where they are called otherwise than the row. */
const folders: Readonly<Record<string, string>> = { together_ai: 'together', fireworks_ai: 'fireworks' }

/** Recordings of chat and embeddings through the OpenAI dialect; native dialects are other packages' matter. */
const spoken = ({ request, expect: expected }: Recording): boolean =>
  ['chat', 'embeddings', 'error'].includes(expected?.kind ?? '') && /\/(?:chat\/completions|embeddings)$/.test((request as { url?: string } | null)?.url ?? '')

/** Those of a vendor's own Responses API. */
const responded = ({ request }: Recording): boolean => (request as { url?: string } | null)?.url?.endsWith('/responses') === true

for (const plugin of openaiCompatiblePlugins) {
  const row = catalogue.find(({ name }) => name === plugin.name)!
  const mine = own.filter(({ name }) => name.startsWith(`${row.name}-`))
  const recorded = loadRecordingsAbove(import.meta.url, `shared/fixtures/providers/${folders[row.name] ?? row.name}`)
  const shared = [...recorded.filter(spoken), ...(row.responses ? recorded.filter(responded).map((one) => ({ ...one, operation: 'responses' as const })) : [])]
  // Every row keeps the contract; those with recordings are held against them as well.
  describeProvider({
    plugin,
    config: { api_key: TEST_SECRET, ...(row.api_base === undefined && { api_base: 'https://models.example.com/v1' }) },
    models: { chat: 'some-model', embeddings: 'some-model', completions: 'some-model', responses: 'some-model' },
    recordings: mine,
    sharedRecordings: shared,
  })
}

describe('the catalogue', () => {
  it('has at least 20 upstreams, each name once', () => {
    const names = catalogue.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(catalogue.length).toBeGreaterThanOrEqual(20)
    expect(new Set(names).size).toBe(names.length)
  })

  it('is told in package.json, so that the proxy finds the package by any of the names', () => {
    const names = catalogue.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => `provider:${name}`)
    expect(manifest.tianjillm.provides).toEqual(names.sort())
  })

  it('refuses a row with a key that no one reads', () => {
    const result = v.safeParse(catalogueRow, { ...catalogue[0], quirks: { unsuported: ['n'] } })
    expect(result.success).toBe(false)
  })

  it('has the Responses API of those vendors that have one, and asks again only those that keep what they answered', async () => {
    for (const row of catalogue) {
      const { adapters } = await openaiCompatiblePlugin(row).create({ api_key: 'k', api_base: 'https://api.acme.example/v1', extra_headers: {} }, createTestHost())
      expect([row.name, adapters.responses !== undefined, adapters.responses?.stored?.('resp_1', 'cancel').url]).toEqual([row.name, row.responses !== undefined, row.responses?.keeps ? 'https://api.acme.example/v1/responses/resp_1/cancel' : undefined])
    }
    expect(catalogue.filter(({ responses }) => responses).map(({ name }) => name)).toContain('xai')
  })

  it('takes rows of others', async () => {
    const plugin = openaiCompatiblePlugin(v.parse(catalogueRow, { name: 'acme', docs: 'https://acme.example/docs', api_base: 'https://api.acme.example/v1', key_env: ['ACME_API_KEY'] }))
    expect(plugin.name).toBe('acme')
  })
})
