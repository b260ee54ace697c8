import { expect, it } from 'vitest'
import { tokenCounter } from './index.ts'

// Counts of OpenAI's tiktoken, https://github.com/openai/openai-cookbook ("How to count tokens with tiktoken").
it.each([
  ['o200k_base', 'antidisestablishmentarianism', 6],
  ['cl100k_base', 'antidisestablishmentarianism', 6],
  ['o200k_base', '2 + 2 = 4', 7],
  ['cl100k_base', 'お誕生日おめでとう', 9],
  ['o200k_base', 'お誕生日おめでとう', 8],
  ['o200k_base', '', 0],
] as const)('%s counts %j as %d', async (encoding, text, count) => {
  expect((await tokenCounter(encoding))(text)).toBe(count)
})

it('takes the names of special tokens for text, and long runs without trouble', async () => {
  const count = await tokenCounter('o200k_base')
  expect(count('<|endoftext|>')).toBeGreaterThan(1)
  expect(count('a'.repeat(20_000))).toBeLessThan(20_000)
})
