import { checkFields, either, type FieldCheck, flag, integer, invalid, list, number, object, requireField, text } from './fields.ts'

/** Source: https://platform.openai.com/docs/api-reference/completions/create */
const completionFields: Readonly<Record<string, FieldCheck>> = {
  model: text,
  prompt: either(text, list),
  stream: flag,
  stream_options: object,
  max_tokens: integer(0),
  temperature: number(0),
  top_p: number(0, 1),
  n: integer(1, 128),
  stop: either(text, list),
  suffix: text,
  echo: flag,
  logprobs: integer(0),
  user: text,
}

/** Source: https://platform.openai.com/docs/api-reference/embeddings/create */
const embeddingFields: Readonly<Record<string, FieldCheck>> = {
  model: text,
  input: either(text, list),
  dimensions: integer(1),
  user: text,
  encoding_format: (value) => (value === 'float' || value === 'base64' ? undefined : '"float" or "base64"'),
}

/** @throws `invalid_request` naming the field */
export function checkCompletion(body: Record<string, unknown>): void {
  requireField(body, 'model')
  requireField(body, 'prompt')
  checkFields(body, completionFields)
  checkTextList(body['prompt'], 'prompt')
}

/** @throws `invalid_request` naming the field */
export function checkEmbedding(body: Record<string, unknown>): void {
  requireField(body, 'model')
  requireField(body, 'input')
  checkFields(body, embeddingFields)
  checkTextList(body['input'], 'input')
}

/** A text, texts, tokens, or lists of tokens. */
function checkTextList(value: unknown, name: string): void {
  if (!Array.isArray(value)) return
  if (value.length === 0) throw invalid(name, 'a list of at least one item', value)
  const type = typeof value[0]
  for (let i = 0; i < value.length; i += 1) {
    const item: unknown = value[i]
    const right = type === 'object' ? Array.isArray(item) : (type === 'string' || type === 'number') && typeof item === type
    if (!right) throw invalid(`${name}[${i}]`, 'of one kind with the others: a string, a token, or a list of tokens', item)
  }
}
