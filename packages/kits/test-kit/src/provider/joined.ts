import assert from 'node:assert/strict'
import { asArray, asNumber, asRecord, asString } from '@tianjillm/provider-kit'

/** What a client sees of a chat answer, whether it was streamed or not. Of the first choice. */
export interface SeenAnswer {
  readonly text: string
  readonly reasoning: string
  readonly finish: string | null
  readonly toolCalls: readonly { readonly name: string; readonly args: unknown }[]
  readonly promptTokens: number | undefined
  readonly completionTokens: number | undefined
}

/** Reads a whole chat answer. */
export function seenOfOutput(output: unknown): SeenAnswer {
  const choice = asRecord(asArray(asRecord(output)['choices'])[0])
  const message = asRecord(choice['message'])
  return {
    text: asString(message['content']) ?? asString(choice['text']) ?? '',
    reasoning: asString(message['reasoning_content']) ?? '',
    finish: asString(choice['finish_reason']) ?? null,
    toolCalls: asArray(message['tool_calls']).map((call) => toolCall(asRecord(asRecord(call)['function']))),
    ...tokens(asRecord(output)['usage']),
  }
}

/** Joins a stream's chunks as a client does. */
export function seenOfChunks(chunks: readonly unknown[]): SeenAnswer {
  let text = ''
  let reasoning = ''
  let finish: string | null = null
  let usage: unknown
  const calls: { name: string; arguments: string }[] = []
  for (const chunk of chunks.map(asRecord)) {
    usage = chunk['usage'] ?? usage
    const choice = asRecord(asArray(chunk['choices']).find((entry) => (asNumber(asRecord(entry)['index']) ?? 0) === 0))
    const delta = asRecord(choice['delta'])
    text += asString(delta['content']) ?? asString(choice['text']) ?? ''
    reasoning += asString(delta['reasoning_content']) ?? ''
    finish = asString(choice['finish_reason']) ?? finish
    for (const part of asArray(delta['tool_calls']).map(asRecord)) {
      const call = (calls[asNumber(part['index']) ?? 0] ??= { name: '', arguments: '' })
      call.name += asString(asRecord(part['function'])['name']) ?? ''
      call.arguments += asString(asRecord(part['function'])['arguments']) ?? ''
    }
  }
  return { text, reasoning, finish, toolCalls: calls.filter(Boolean).map(toolCall), ...tokens(usage) }
}

function toolCall(called: Readonly<Record<string, unknown>>): { name: string; args: unknown } {
  const name = asString(called['name']) ?? ''
  const text = asString(called['arguments']) ?? ''
  try {
    return { name, args: JSON.parse(text) }
  } catch {
    return assert.fail(`The arguments of the tool call "${name}" do not join to valid JSON: ${text.slice(0, 300)}`)
  }
}

function tokens(usage: unknown): Pick<SeenAnswer, 'promptTokens' | 'completionTokens'> {
  return { promptTokens: asNumber(asRecord(usage)['prompt_tokens']), completionTokens: asNumber(asRecord(usage)['completion_tokens']) }
}
