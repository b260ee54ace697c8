import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPriceBook } from './index.ts'
import { overrides, vendors } from './table.ts'

describe('a price book', () => {
  it('says nothing of what it does not know: no price is not a price of 0', async () => {
    const book = await openPriceBook(['openai', 'azure', 'nobody'])
    for (const [provider, model] of [['openai', 'whisper-1'], ['openai', 'my-fine-model'], ['azure', 'production-chat'], ['nobody', 'gpt-4o'], ['groq', 'llama-3.3-70b-versatile'], ['openai', 'gpt-4o-nope']] as const) {
      expect(book.find(provider, model)?.prices, `${provider}/${model}`).toBeUndefined()
    }
  })

  it.each([
    ['openai', 'gpt-4o', { maxInputTokens: 128_000, maxOutputTokens: 16_384, tokens: { encoding: 'o200k_base', margin: 1.1 } }],
    ['openai', 'gpt-4', { maxInputTokens: 8192, maxOutputTokens: 8192, tokens: { encoding: 'cl100k_base', margin: 1.1 } }],
    ['openai', 'gpt-5-chat-latest', { maxInputTokens: 128_000, maxOutputTokens: 16_384, tokens: { encoding: 'o200k_base', margin: 1.1 } }],
    ['anthropic', 'claude-opus-4-1-20250805', { maxInputTokens: 200_000, maxOutputTokens: 32_000, tokens: { encoding: 'o200k_base', margin: 2 } }],
    ['gemini', 'gemini-2.5-pro', { maxInputTokens: 1_048_576, maxOutputTokens: 65_536, tokens: { encoding: 'o200k_base', margin: 2 } }],
    ['bedrock', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', { maxInputTokens: 200_000, maxOutputTokens: 64_000, tokens: { encoding: 'o200k_base', margin: 2 } }],
  ])('knows how much %s %s takes', async (provider, model, facts) => {
    expect((await openPriceBook([provider])).find(provider, model)?.facts).toEqual(facts)
  })

  it('follows the provider that a name begins with, where it has that one', async () => {
    const book = await openPriceBook(['azure', 'bedrock'])
    expect(book.find('azure', 'azure/gpt-4o-mini')?.prices).toMatchObject({ input: 150, output: 600 })
    expect(book.find('azure', 'bedrock/amazon.nova-lite-v1:0')?.prices).toMatchObject({ input: 60, output: 240 })
  })

  it('takes a dated name for the model', async () => {
    const book = await openPriceBook(['vertex_ai', 'openai'])
    expect(book.find('vertex_ai', 'claude-sonnet-4@20250514')?.prices).toMatchObject({ input: 3000, cacheWrite1h: 6000 })
    expect(book.find('openai', 'gpt-4.1-2029-01-01')?.prices).toMatchObject({ input: 2000 })
  })
})

describe('the tables', () => {
  it('are there for every vendor, name each provider once, and have no negative price', () => {
    const files = globSync('*.json', { cwd: join(import.meta.dirname, 'data') }).map((file) => file.replace('.json', ''))
    expect(files.sort()).toEqual(vendors.map(({ name }) => name).sort())
    const providers = vendors.flatMap((vendor) => vendor.providers)
    expect(new Set(providers).size).toBe(providers.length)
    for (const file of files) expect(readFileSync(join(import.meta.dirname, 'data', `${file}.json`), 'utf8')).not.toMatch(/:-\d/)
  })

  it('are opened without trouble, each', async () => {
    for (const { providers } of vendors) {
      const book = await openPriceBook([providers[0]!])
      expect(book.find(providers[0]!, 'no-such-model')).toBeUndefined()
    }
  })

  it('are corrected with the page of the vendor at hand, and only where there is one', () => {
    for (const { vendors: of, source, why } of overrides.entries) {
      expect(source).toMatch(/^https:\/\//)
      expect(why.length).toBeGreaterThan(5)
      for (const name of of) expect(vendors.map((vendor) => vendor.name)).toContain(name)
    }
  })
})
