import { usage, type Usage } from '@tianjillm/core'
import { costOf } from '@tianjillm/spend'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPriceBook, type PriceBook } from './index.ts'

/** Cents of a USD, in nano-USD: the figures below are worked out by hand from the pages that they name, in USD per million tokens. */
const usd = (amount: number): number => Math.round(amount * 1e9)

const openai = 'https://platform.openai.com/docs/pricing'
const anthropic = 'https://platform.claude.com/docs/en/about-claude/pricing'
const google = 'https://ai.google.dev/gemini-api/docs/pricing'
const aws = 'https://aws.amazon.com/bedrock/pricing/'
const azure = 'https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/'

type Golden = readonly [provider: string, model: string, used: Partial<Usage>, nanoUsd: number, page: string]

const golden: readonly Golden[] = [
  // 2.50 in, 1.25 cached, 10 out
  ['openai', 'gpt-4o', { input: 1_000_000 }, usd(2.5), openai],
  ['openai', 'gpt-4o-2024-08-06', { input: 200_000, cacheRead: 800_000, output: 100_000 }, usd(0.5 + 1 + 1), openai],
  // 0.15 in, 0.075 cached, 0.60 out
  ['openai', 'gpt-4o-mini', { input: 19, output: 10 }, 19 * 150 + 10 * 600, openai],
  // 1.25 in, 0.125 cached, 10 out: reasoning is output
  ['openai', 'gpt-5', { input: 1000, reasoning: 640, output: 60 }, 1000 * 1250 + 700 * 10_000, openai],
  // 2 in, 0.50 cached, 8 out since 2025-06-10
  ['openai', 'o3', { input: 1000, output: 1000 }, 1000 * 2000 + 1000 * 8000, openai],
  // text 2.50 and 10, audio 40 and 80
  ['openai', 'gpt-4o-audio-preview', { input: 100, inputAudio: 200, output: 50, outputAudio: 300 }, 100 * 2500 + 200 * 40_000 + 50 * 10_000 + 300 * 80_000, openai],
  ['openai', 'text-embedding-3-small', { input: 1 }, 20, openai],
  ['openai', 'text-embedding-3-large', { input: 8000 }, 8000 * 130, openai],
  ['openai', 'omni-moderation-latest', { input: 1000 }, 0, 'https://platform.openai.com/docs/guides/moderation'],
  // 3 in, 0.30 read, 3.75 and 6 written, 15 out
  ['anthropic', 'claude-sonnet-4-20250514', { input: 10, cacheRead: 1000, cacheWrite5m: 100, cacheWrite1h: 10, output: 5 }, 10 * 3000 + 1000 * 300 + 100 * 3750 + 10 * 6000 + 5 * 15_000, anthropic],
  ['anthropic', 'claude-haiku-4-5-20251001', { input: 1000, output: 1000 }, 1000 * 1000 + 1000 * 5000, anthropic],
  ['anthropic', 'claude-3-5-haiku-20241022', { input: 1000, output: 1000 }, 1000 * 800 + 1000 * 4000, anthropic],
  // 1.25 and 10, above 200,000 tokens of input 2.50 and 15, for the whole call; thinking is output
  ['gemini', 'gemini-2.5-pro', { input: 200_000, output: 100 }, 200_000 * 1250 + 100 * 10_000, google],
  ['gemini', 'gemini-2.5-pro', { input: 150_000, cacheRead: 50_001, output: 100, reasoning: 900 }, 150_000 * 2500 + 50_001 * 250 + 1000 * 15_000, google],
  // 0.30 in, audio 1.00, 2.50 out with thinking
  ['gemini', 'gemini-2.5-flash', { input: 100, inputAudio: 100, output: 10, reasoning: 90 }, 100 * 300 + 100 * 1000 + 100 * 2500, google],
  ['gemini', 'models/gemini-2.0-flash', { input: 1000, output: 1000 }, 1000 * 100 + 1000 * 400, google],
  // Anthropic's prices, also in a region's profile, and twice the input for an hour in the cache
  ['bedrock', 'us.anthropic.claude-sonnet-4-20250514-v1:0', { input: 10, cacheWrite1h: 10, output: 5 }, 10 * 3000 + 10 * 6000 + 5 * 15_000, aws],
  ['bedrock', 'us-west-2/anthropic.claude-3-haiku-20240307-v1:0', { input: 1000, output: 1000 }, 1000 * 250 + 1000 * 1250, aws],
  ['bedrock', 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0', { input: 1000, output: 1000 }, 1000 * 800 + 1000 * 3200, aws],
  ['bedrock', 'amazon.titan-embed-text-v2:0', { input: 1000 }, 1000 * 20, aws],
  ['bedrock', 'amazon.titan-embed-text-v1', { input: 1000 }, 1000 * 100, aws],
  ['azure', 'gpt-4o', { input: 1000, output: 1000 }, 1000 * 2500 + 1000 * 10_000, azure],
  ['azure', 'azure/gpt-4', { input: 1000, output: 1000 }, 1000 * 30_000 + 1000 * 60_000, azure],
  ['groq', 'llama-3.3-70b-versatile', { input: 1000, output: 1000 }, 1000 * 590 + 1000 * 790, 'https://groq.com/pricing'],
  ['dashscope', 'qwen-max', { input: 1000, output: 1000 }, 1000 * 1600 + 1000 * 6400, 'https://www.alibabacloud.com/help/en/model-studio/models'],
]

describe('well-known models cost what their vendors say', () => {
  let book: PriceBook
  beforeAll(async () => {
    book = await openPriceBook(golden.map(([provider]) => provider))
  })

  it.each(golden)('%s %s %j: %d nano-USD (%s)', (provider, model, used, nanoUsd) => {
    const prices = book.find(provider, model)?.prices
    expect(prices?.version).toMatch(/^(?:genai-prices@|overrides@)/)
    expect(costOf(usage(used), prices!, { at: Date.parse('2026-11-23T12:00:00Z') })).toBe(nanoUsd)
  })
})
