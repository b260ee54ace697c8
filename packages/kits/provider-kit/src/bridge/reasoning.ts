import type { ThinkingBlock } from '@tianjillm/core'
import { asArray, asRecord, asString, parseJson } from '../json.ts'

/** Begins what {@link packThinking} wrote; what others encrypted is not ours to read. */
const MARK = 'tjt1.'

/**
 * A provider's own record of its reasoning as `encrypted_content` of a reasoning item: clients send that back unchanged, and
 * the provider wants it back with its signatures. It is not encrypted: the caller has seen the text.
 */
export function packThinking(blocks: readonly ThinkingBlock[]): string | undefined {
  return blocks.some((block) => block.type === 'redacted_thinking' || block.signature) ? MARK + Buffer.from(JSON.stringify(blocks)).toString('base64url') : undefined
}

/** What was packed; undefined for anything else. */
export function unpackThinking(content: unknown): ThinkingBlock[] | undefined {
  const text = asString(content)
  if (text === undefined || !text.startsWith(MARK)) return undefined
  const blocks = asArray(parseJson(Buffer.from(text.slice(MARK.length), 'base64url').toString('utf8'))).filter((block) => {
    const { type, thinking, data } = asRecord(block)
    return (type === 'thinking' && typeof thinking === 'string') || (type === 'redacted_thinking' && typeof data === 'string')
  })
  return blocks.length > 0 ? (blocks as ThinkingBlock[]) : undefined
}

/** Pieces of blocks, as streams have them, as blocks: a piece with a signature ends one. */
export function joinThinking(blocks: ThinkingBlock[], pieces: readonly ThinkingBlock[]): void {
  for (const piece of pieces) {
    const last = blocks.at(-1)
    if (piece.type === 'thinking' && last?.type === 'thinking' && !last.signature) {
      last.thinking += piece.thinking
      if (piece.signature) last.signature = piece.signature
    } else blocks.push({ ...piece })
  }
}
