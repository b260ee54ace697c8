import type { TextSpot } from './texts.ts'

/** Fields of an output item, and of what lies in it, that hold text: the model's, and what tools that the provider runs found. */
const fields = ['text', 'refusal', 'transcript', 'content', 'summary', 'arguments', 'input', 'code', 'command', 'commands', 'output', 'outputs', 'logs', 'stdout', 'stderr', 'results', 'action', 'query', 'queries'] as const

/** Every text of an item of a response's output, in order. Source: https://platform.openai.com/docs/api-reference/responses/object */
export function itemSpots(value: unknown, path: TextSpot['path']): TextSpot[] {
  if (typeof value === 'string') return value === '' ? [] : [{ role: 'assistant', text: value, path }]
  if (Array.isArray(value)) return value.flatMap((inner: unknown, i) => itemSpots(inner, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return fields.flatMap((field) => itemSpots((value as Record<string, unknown>)[field], [...path, field]))
}

/** A value without its log probabilities, which repeat the text token by token. */
export function withoutAnyLogprobs<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutAnyLogprobs) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === 'logprobs' && Array.isArray(inner) ? [] : withoutAnyLogprobs(inner)])) as T
}
