import type { Operation } from '@tianjillm/core'
import { createEventReader } from './event-reader.ts'
import { callSpots } from './request-texts.ts'
import type { TextSpot } from './texts.ts'

/** One piece of text in a chunk of a stream, and the run of text (channel) that it continues. */
export interface ChunkText extends TextSpot {
  /** `0:content`, `0:reasoning_content`, `0:tool 2`: choice and channel. */
  readonly channel: string
  readonly choice: number
}

type Json = Record<string, unknown>
type Path = (string | number)[]

/** Reads the chunks of one stream. What it says of a chunk stays the same. */
export interface ChunkReader {
  /** The text pieces of a chunk, in order. */
  texts(chunk: object): readonly ChunkText[]
  /** The choices that it ends. */
  ended(chunk: object): readonly number[]
  /** A chunk as it leaves, in the order in which they leave: `texts` stand in it now. */
  leaving<Chunk extends object>(original: Chunk, judged: Chunk, texts: readonly string[]): Chunk
}

/** A reader for the chunks of an operation. */
export function createChunkReader(operation: Operation): ChunkReader {
  if (operation === 'responses') return createEventReader()
  return {
    texts: (chunk) => chunkTexts(operation, chunk),
    ended: endedChoices,
    leaving: (original, judged) => (judged === original ? original : withoutLogprobs(judged)),
  }
}

/** The text pieces of a chunk, in order. */
function chunkTexts(operation: Operation, chunk: object): ChunkText[] {
  return choicesOf(chunk).flatMap((choice, i) => {
    const index = typeof choice['index'] === 'number' ? choice['index'] : i
    const at: Path = ['choices', i]
    const piece = (name: string, text: unknown, path: Path): ChunkText[] => (typeof text === 'string' && text !== '' ? [{ role: 'assistant', text, path, channel: `${index}:${name}`, choice: index }] : [])
    if (operation === 'completions') return piece('text', choice['text'], [...at, 'text'])
    const delta = (choice['delta'] ?? {}) as Json
    const audio = delta['audio'] as Json | null | undefined
    const legacy = delta['function_call'] as Json | null | undefined
    return [
      ...['content', 'reasoning_content', 'reasoning', 'refusal'].flatMap((field) => piece(field, delta[field], [...at, 'delta', field])),
      ...list(delta['thinking_blocks']).flatMap((block, n) => piece('thinking', block['thinking'], [...at, 'delta', 'thinking_blocks', n, 'thinking'])),
      ...piece('audio', audio?.['transcript'], [...at, 'delta', 'audio', 'transcript']),
      ...piece('function_call', legacy?.['arguments'], [...at, 'delta', 'function_call', 'arguments']),
      ...list(delta['tool_calls']).flatMap((call, n) =>
        callSpots([call], []).flatMap((spot) => piece(`tool ${String(call['index'] ?? n)}`, spot.text, [...at, 'delta', 'tool_calls', n, ...spot.path.slice(1)])),
      ),
    ]
  })
}

/** The choices that a chunk ends. */
function endedChoices(chunk: object): number[] {
  return choicesOf(chunk).flatMap((choice, i) => (choice['finish_reason'] ? [typeof choice['index'] === 'number' ? choice['index'] : i] : []))
}

/** The chunk without its choices' `logprobs`, which repeat the text. */
export function withoutLogprobs<Chunk extends object>(chunk: Chunk): Chunk {
  const choices = choicesOf(chunk)
  if (!choices.some(({ logprobs }) => logprobs)) return chunk
  return { ...chunk, choices: choices.map((choice) => ({ ...choice, logprobs: null })) }
}

function choicesOf(chunk: object): Json[] {
  return list((chunk as { choices?: unknown }).choices)
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value.filter((item) => typeof item === 'object' && item !== null) as Json[]) : []
}
