import assert from 'node:assert/strict'
import { asArray, asRecord, isRecord } from '@tianjillm/provider-kit'
import type { RecordedExpectation, Recording } from '../recording/types.ts'
import { type SeenAnswer, seenOfChunks, seenOfOutput } from './joined.ts'

/** Fails unless what was decoded is what the recording says: its `output`, its `expect`, or both. */
export function assertDecoded({ output, expect }: Pick<Recording, 'output' | 'expect'>, decoded: unknown, streamed: boolean): void {
  if (output !== undefined) assert.deepEqual(plain(decoded), plain(output))
  if (expect === undefined) return
  if (expect.count !== undefined || expect.kind === 'embeddings') return assertList(expect, decoded)
  if (expect.kind !== undefined && expect.kind !== 'chat') return
  assertSeen(expect, streamed ? seenOfChunks(asArray(decoded)) : seenOfOutput(decoded))
}

/** As it goes over the wire: no undefined fields. */
function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : JSON.parse(JSON.stringify(value ?? null))
}

function assertSeen(expect: RecordedExpectation, seen: SeenAnswer): void {
  const { text, reasoning, finish, promptTokens, completionTokens } = expect
  const toolCalls = expect.toolCalls ?? expect.tools
  if (text !== undefined) assert.equal(seen.text, text, 'The text differs.')
  if (reasoning !== undefined) assert.equal(seen.reasoning, reasoning, 'The reasoning differs.')
  if (toolCalls !== undefined) assert.deepEqual(seen.toolCalls, plain(toolCalls), 'The tool calls differ.')
  anyOf('finish', seen.finish, finish)
  anyOf('promptTokens', seen.promptTokens, promptTokens)
  anyOf('completionTokens', seen.completionTokens, completionTokens)
}

function anyOf<T>(what: string, found: T | undefined, wanted: T | readonly T[] | undefined): void {
  if (wanted === undefined) return
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  assert.ok(list.includes(found), `\`${what}\` is ${JSON.stringify(found)}, expected ${list.map((value) => JSON.stringify(value)).join(' or ')}.`)
}

function assertList({ count, dims }: RecordedExpectation, decoded: unknown): void {
  const list = asArray(asRecord(decoded)['data'] ?? asRecord(decoded)['results'])
  if (count !== undefined) assert.equal(list.length, count, 'The number of results differs.')
  const first = isRecord(list[0]) ? list[0]['embedding'] : undefined
  if (typeof dims === 'number') assert.equal(asArray(first).length, dims, 'The number of dimensions differs.')
}
