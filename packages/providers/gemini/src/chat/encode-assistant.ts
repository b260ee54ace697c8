import { type AssistantMessage, GatewayError, type ToolCall } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord, parseJson } from '@tianjillm/provider-kit'
import { generationOf } from '../model.ts'
import type { Part } from '../wire.ts'
import { encodeParts, type FileUri } from './encode-parts.ts'

/**
 * Stands for a signature that is not there (a call that another model made, or a client that
 * lost it): Gemini 3 refuses calls of the current turn without one.
 * Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const NO_SIGNATURE = 'skip_thought_signature_validator'

/** LiteLLM's way to keep a signature in clients that drop unknown fields: behind the tool call's id. */
const IN_ID = '__thought__'

/**
 * An assistant's message as parts of a `model` turn: signed thoughts, what has no OpenAI form,
 * text with its signature, function calls with theirs.
 * @throws `invalid_request`
 */
export function encodeAssistant(message: AssistantMessage, where: string, model: string, fileUri: FileUri): Part[] {
  const own = asRecord(message.provider_specific_fields)
  const parts: Part[] = []
  for (const block of message.thinking_blocks ?? []) {
    // A thought without its signature tells the API nothing, and thoughts of other providers have none that it knows.
    if (block.type === 'thinking' && asString(block.signature) !== undefined) parts.push({ text: block.thinking, thought: true, thoughtSignature: block.signature! })
  }
  for (const part of asArray(own['native_parts'])) if (isRecord(part)) parts.push(part as Part)
  const said = encodeParts(message.content, where, fileUri)
  if (said.length === 0 && typeof message.refusal === 'string' && message.refusal !== '') said.push({ text: message.refusal })
  const signature = asString(asArray(own['thought_signatures']).at(-1))
  if (said.length > 0 && signature !== undefined) said[said.length - 1] = { ...said.at(-1)!, thoughtSignature: signature }
  parts.push(...said)
  const calls = message.tool_calls ?? []
  for (const [i, call] of calls.entries()) parts.push(functionCall(call, i === 0, `${where}.tool_calls[${i}]`, model))
  if (message.function_call) parts.push({ functionCall: { name: message.function_call.name, args: argumentsOf(message.function_call.arguments, `${where}.function_call.arguments`) } })
  return parts
}

function functionCall(call: ToolCall, first: boolean, where: string, model: string): Part {
  if (!isRecord(call.function)) throw new GatewayError('invalid_request', `${where} is no function call; Gemini has no other kind.`, { param: where })
  const [id, inId] = splitId(call.id)
  const signature = asString(asRecord(call.provider_specific_fields)['thought_signature'])
    ?? asString(asRecord((call.function as Record<string, unknown>)['provider_specific_fields'])['thought_signature']) ?? inId
    // Of parallel calls only the first is signed.
    ?? (first && (generationOf(model) ?? 0) >= 3 ? NO_SIGNATURE : undefined)
  return {
    functionCall: { ...(id !== undefined && { id }), name: call.function.name, args: argumentsOf(call.function.arguments, `${where}.function.arguments`) },
    ...(signature !== undefined && { thoughtSignature: signature }),
  }
}

/** A tool call's id and the signature behind it, if there is one. */
export function splitId(id: unknown): readonly [string | undefined, string | undefined] {
  if (typeof id !== 'string') return [undefined, undefined]
  const at = id.indexOf(IN_ID)
  return at === -1 ? [asString(id), undefined] : [asString(id.slice(0, at)), asString(id.slice(at + IN_ID.length))]
}

function argumentsOf(text: unknown, where: string): Record<string, unknown> {
  if (text === undefined || text === null || text === '') return {}
  const value = typeof text === 'string' ? parseJson(text) : text
  if (!isRecord(value)) throw new GatewayError('invalid_request', `${where} is not a JSON object.`, { param: where })
  return value
}
