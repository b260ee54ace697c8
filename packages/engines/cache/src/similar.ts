import type { Operation } from '@tianjillm/core'
import { canonical } from './canonical.ts'
import { digest, indifferent, type Question } from './key.ts'

/** A question that others may have asked in other words. */
export interface SimilarQuestion {
  /** What must be the same to the letter: tenant, model, every field, every message but the last user's text, and the details of that. */
  readonly partition: string
  /** What may differ: the text that is compared by its meaning. */
  readonly text: string
}

/** Longer texts are documents: what sets them apart is a detail that an embedding does not show, and cutting them would hide it for sure. */
const LONGEST_TEXT = 8000

/**
 * The part of a question that is compared by meaning, and the rest. Undefined where there is no such part: another
 * kind of call, a last message that is not a user's plain text (tool results, images), or too long a text.
 *
 * @param model the embedding model: vectors of different ones say nothing about each other
 */
export function similarQuestion(question: Question, model: string): SimilarQuestion | undefined {
  const split = splitters[question.operation]?.(question.body)
  if (!split) return undefined
  const text = split.text.trim()
  if (text === '' || text.length > LONGEST_TEXT) return undefined
  return { partition: digest('similar', question, `${JSON.stringify([model, detailsOf(text)])}\n${canonical(split.rest, indifferent)}`), text }
}

/** Numbers, addresses, and what stands in quotes: a vector hardly shows them (`chapter 3` and `chapter 4` are 0.99 alike), and an answer hangs on them. */
const details = /https?:\/\/\S*[^\s.,;:!?)]|`[^`]+`|"[^"]+"|\p{N}+(?:[.,:/]\p{N}+)*/gu

function detailsOf(text: string): readonly string[] {
  return (text.match(details) ?? []).toSorted()
}

type Split = { readonly text: string; readonly rest: Readonly<Record<string, unknown>> } | undefined

const splitters: { readonly [O in Operation]?: (body: Readonly<Record<string, unknown>>) => Split } = {
  chat(body) {
    const { messages } = body
    if (!Array.isArray(messages)) return undefined
    const last = messages.at(-1) as { role?: unknown; content?: unknown } | undefined
    const text = last?.role === 'user' ? plainText(last.content) : undefined
    // The place of the text stays: a part that is no string cannot be a caller's text.
    return text === undefined ? undefined : { text, rest: { ...body, messages: [...messages.slice(0, -1), { ...last, content: null }] } }
  },
  completions(body) {
    return typeof body['prompt'] === 'string' ? { text: body['prompt'], rest: { ...body, prompt: null } } : undefined
  },
}

/** The text of a message's content that is nothing but text. */
function plainText(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content) || content.length === 0) return undefined
  const texts = content.map((part: { type?: unknown; text?: unknown } | null) => (part?.type === 'text' && typeof part.text === 'string' && Object.keys(part).length === 2 ? part.text : undefined))
  return texts.every((text) => text !== undefined) ? texts.join('\n') : undefined
}
