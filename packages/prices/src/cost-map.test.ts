import { expect, it } from 'vitest'
import { readCostMap } from './index.ts'

const map = readCostMap(JSON.stringify({
  sample_spec: { input_cost_per_token: 0, litellm_provider: 'one of the providers' },
  'gpt-4o': { litellm_provider: 'openai', input_cost_per_token: 0.000002, output_cost_per_token: 0.000009, input_cost_per_token_batches: 0.000001, max_input_tokens: 128_000, max_output_tokens: 16_384, max_tokens: 16_384, supports_vision: true },
  'azure/gpt-4o': { litellm_provider: 'azure', input_cost_per_token: 0.000003, output_cost_per_token: 0.00001 },
  'gemini-pro': { litellm_provider: 'vertex_ai-language-models', input_cost_per_token: 0.000001, output_cost_per_token: 0.000001 },
  broken: { litellm_provider: 'openai', input_cost_per_token: -1 },
}))

it.each([
  ['openai', 'gpt-4o', 2000], ['openai', 'gpt-4o-2024-08-06', 2000], ['azure', 'gpt-4o', 3000], ['vertex_ai', 'gemini-pro', 1000],
  ['anthropic', 'gpt-4o', undefined], ['openai', 'broken', undefined], ['openai', 'constructor', undefined],
])('LiteLLM\'s cost map: %s %s', (provider, model, input) => {
  expect(map.find(provider, model)?.prices?.input).toBe(input)
})

it('its version follows the file, and facts come with it', () => {
  expect(map.find('openai', 'gpt-4o')).toMatchObject({ prices: { version: expect.stringMatching(/^cost-map:[0-9a-f]{12}$/) }, facts: { maxInputTokens: 128_000, maxOutputTokens: 16_384 } })
  expect(() => readCostMap('[]')).toThrow('not a JSON object')
})
