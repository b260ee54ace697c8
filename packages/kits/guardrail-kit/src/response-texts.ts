import type { Operation, SubjectText } from '@tianjillm/core'
import { messageSpots } from './request-texts.ts'
import { itemSpots, withoutAnyLogprobs } from './response-items.ts'
import { withoutLogprobs } from './chunk-texts.ts'
import { subjectTexts, type TextSpot, withTexts } from './texts.ts'

/** Every text that a model made, in order: content, refusal, reasoning, tool-call arguments. */
export function responseTexts(operation: Operation, output: unknown): SubjectText[] {
  return subjectTexts(responseSpots(operation, output))
}

/** The answer with other texts, same order as {@link responseTexts}; the original is left alone. */
export function withResponseTexts<Output>(operation: Operation, output: Output, texts: readonly string[]): Output {
  const changed = withTexts(output, responseSpots(operation, output), texts)
  // Log probabilities repeat the text token by token.
  if (changed === output) return output
  return operation === 'responses' ? withoutAnyLogprobs(changed) : (withoutLogprobs(changed as object) as Output)
}

interface Choice {
  readonly text?: unknown
  readonly message?: Readonly<Record<string, unknown>>
}

function responseSpots(operation: Operation, answer: unknown): TextSpot[] {
  if (operation === 'responses') {
    // A list is what a response was made from, which may hold earlier answers.
    const { output, data } = (answer ?? {}) as { output?: unknown; data?: unknown }
    return [...itemSpots(output, ['output']), ...itemSpots(data, ['data'])]
  }
  if (operation !== 'chat' && operation !== 'completions') return []
  const choices = (answer as { choices?: readonly Choice[] } | null)?.choices ?? []
  return choices.flatMap(({ text, message }, i): TextSpot[] => {
    if (typeof text === 'string') return [{ role: 'assistant', text, path: ['choices', i, 'text'] }]
    // An answer's message is written as a request's, so what is looked for is the same.
    return messageSpots(message).map((spot) => ({ ...spot, role: 'assistant', path: ['choices', i, 'message', ...spot.path] }))
  })
}
