import { createHash } from 'node:crypto'

/**
 * An id for a call to which Gemini gave none: the same for the same call of the same answer, another
 * in each other answer, and within the 40 characters that OpenAI allows.
 */
export function toolCallId(answer: string, choice: number, index: number): string {
  return `call_${createHash('sha256').update(`${answer}\n${choice}\n${index}`).digest('base64url').slice(0, 24)}`
}
