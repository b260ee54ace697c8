import type { TokenCount } from '@tianjillm/spend'

/** Counts the tokens of a text. */
export type TokenCounter = (text: string) => number

type Encoding = TokenCount['encoding']

const loading = new Map<Encoding, Promise<TokenCounter>>()

/** A counter for an encoding. The first call reads its vocabulary: about 150 ms and 20 to 70 MB, once. */
export function tokenCounter(encoding: Encoding): Promise<TokenCounter> {
  let counter = loading.get(encoding)
  if (!counter) loading.set(encoding, (counter = load(encoding)))
  return counter
}

async function load(encoding: Encoding): Promise<TokenCounter> {
  const { countTokens } = encoding === 'o200k_base' ? await import('gpt-tokenizer/encoding/o200k_base') : await import('gpt-tokenizer/encoding/cl100k_base')
  // A caller's text may hold the names of special tokens; they are text.
  return (text) => countTokens(text, { disallowedSpecial: new Set<string>() })
}
