import { type ChatChunk, type ChatResponse, type CompletionResponse, type EmbeddingResponse, type FinishReason, GatewayError, type Usage, usageFromOpenAI, usageToOpenAI } from '@tianjillm/core'
import { errorInBody } from '../error/in-body.ts'
import { asArray, asRecord, asString, isRecord } from '../json.ts'
import { type OpenAIQuirks, rewritesAnswers } from './quirks.ts'

/** What is wrong with a body that is no answer: the error that it tells, or its form. */
function refused(body: unknown, provider: string, what: string): GatewayError {
  return errorInBody(body, provider) ?? new GatewayError('upstream_malformed', `${provider} answered with something that is not ${what}.`, { provider })
}

/** Reads a chat answer and puts what the quirks name into OpenAI's places. */
export function decodeChat(body: unknown, provider: string, quirks: OpenAIQuirks): ChatResponse {
  if (!hasChoices(body)) throw refused(body, provider, 'a chat completion')
  const response = body as unknown as ChatResponse
  if (!rewritesAnswers(quirks)) return response
  return { ...response, choices: response.choices.map((choice) => ({ ...choice, finish_reason: openaiFinish(choice.finish_reason, quirks), message: withArguments(openaiMessage(choice.message ?? {}, quirks)) })) }
}

/** Reads a chat chunk and puts what the quirks name into OpenAI's places. */
export function decodeChatChunk(body: unknown, provider: string, quirks: OpenAIQuirks): ChatChunk {
  if (!hasChoices(body)) throw refused(body, provider, 'a chat completion chunk')
  const sent = body as unknown as ChatChunk
  // Azure's first chunk leaves the name of its type empty.
  const chunk = sent.object === 'chat.completion.chunk' ? sent : { ...sent, object: 'chat.completion.chunk' as const }
  if (!rewritesAnswers(quirks)) return chunk
  const inChoice = quirks.usageInChoice === true ? usageInChoice(chunk) : undefined
  return { ...chunk, ...(inChoice && { usage: usageToOpenAI(inChoice) }), choices: chunk.choices.map((choice) => ({ ...choice, finish_reason: openaiFinish(choice.finish_reason, quirks), delta: openaiMessage(choice.delta ?? {}, quirks) })) }
}

export function decodeCompletion(body: unknown, provider: string): CompletionResponse {
  if (!hasChoices(body)) throw refused(body, provider, 'a text completion')
  return body as unknown as CompletionResponse
}

export function decodeEmbeddings(body: unknown, provider: string): EmbeddingResponse {
  if (!isRecord(body) || !Array.isArray(body['data'])) throw refused(body, provider, 'a list of embeddings')
  return body as unknown as EmbeddingResponse
}

/** OpenAI's `usage`, Groq's `x_groq.usage`, or Moonshot's in the choice. */
export function openaiUsageOf(body: unknown, before?: Usage): Usage | undefined {
  if (!isRecord(body)) return before
  return usageFromOpenAI(body['usage']) ?? (isRecord(body['x_groq']) ? usageFromOpenAI(body['x_groq']['usage']) : undefined) ?? usageInChoice(body) ?? before
}

function usageInChoice(body: object): Usage | undefined {
  const choice = asArray(asRecord(body)['choices'])[0]
  return isRecord(choice) ? usageFromOpenAI(choice['usage']) : undefined
}

function hasChoices(body: unknown): body is { choices: Record<string, unknown>[] } & Record<string, unknown> {
  return isRecord(body) && Array.isArray(body['choices']) && body['choices'].every(isRecord)
}

function openaiFinish<Reason extends FinishReason | null>(reason: Reason, { finishReasons }: OpenAIQuirks): Reason {
  return ((reason !== null && finishReasons?.[reason]) || reason) as Reason
}

function openaiMessage<T extends object>(message: T, { reasoningField, contentParts }: OpenAIQuirks): T {
  let moved = message as Record<string, unknown>
  if (reasoningField !== undefined && reasoningField in moved && !('reasoning_content' in moved)) {
    const { [reasoningField]: reasoning, ...rest } = moved
    moved = { ...rest, reasoning_content: reasoning }
  }
  if (contentParts === true && Array.isArray(moved['content'])) moved = { ...moved, ...joinParts(moved['content']) }
  return moved as T
}

/** Calls without arguments have an empty text with some upstreams; OpenAI's is always JSON. */
function withArguments(message: ChatResponse['choices'][number]['message']): ChatResponse['choices'][number]['message'] {
  if (!message.tool_calls?.some((call) => call.function && !call.function.arguments)) return message
  return { ...message, tool_calls: message.tool_calls.map((call) => (call.function && !call.function.arguments ? { ...call, function: { ...call.function, arguments: '{}' } } : call)) }
}

/** `[{type: 'thinking', thinking: [{type: 'text', text}]}, {type: 'text', text}]` as two texts. */
function joinParts(parts: readonly unknown[]): { content: string | null; reasoning_content?: string } {
  let content = ''
  let reasoning = ''
  for (const part of parts) {
    if (!isRecord(part)) continue
    if (part['type'] === 'thinking') reasoning += asArray(part['thinking']).map((piece) => asString(asRecord(piece)['text']) ?? '').join('')
    else content += asString(part['text']) ?? ''
  }
  return { content: content === '' && reasoning !== '' ? null : content, ...(reasoning !== '' && { reasoning_content: reasoning }) }
}
