import type { Operation, SubjectText } from '@tianjillm/core'
import { subjectTexts, type TextSpot, withTexts } from './texts.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

type Path = readonly (string | number)[]

const roles: Readonly<Record<string, SubjectText['role']>> = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant', tool: 'tool', function: 'tool' }

/**
 * Every text of a request that reaches a model, in order: messages of all roles, text parts, tool
 * results, tool-call arguments, reasoning sent back, file names, and tool descriptions.
 */
export function requestTexts(operation: Operation, body: Json): SubjectText[] {
  return subjectTexts(requestSpots(operation, body))
}

/** The request with other texts, same order as {@link requestTexts}; the original is left alone. */
export function withRequestTexts(operation: Operation, body: Json, texts: readonly string[]): Json {
  return withTexts(body, requestSpots(operation, body), texts)
}

function requestSpots(operation: Operation, body: Json): TextSpot[] {
  if (operation === 'chat') {
    const prediction = body['prediction']
    return [
      ...chatSpots(body['messages']),
      ...toolSpots(body['tools']),
      ...describedSpots(body['functions'], ['functions']),
      ...(isObject(prediction) ? contentSpots(prediction['content'], ['prediction', 'content'], 'assistant') : []),
    ]
  }
  const field = operation === 'completions' || operation === 'images' ? 'prompt' : operation === 'rerank' ? 'query' : 'input'
  const spots = plainSpots(body[field], [field])
  if (operation === 'completions') spots.push(...plainSpots(body['suffix'], ['suffix']))
  if (operation === 'rerank') spots.push(...plainSpots(body['documents'], ['documents']))
  if (operation === 'responses') {
    const prompt = body['prompt']
    spots.push(...plainSpots(body['instructions'], ['instructions'], 'system'), ...describedSpots(body['tools'], ['tools']))
    if (isObject(prompt) && isObject(prompt['variables'])) for (const [name, value] of Object.entries(prompt['variables'])) spots.push(...plainSpots(value, ['prompt', 'variables', name]))
  }
  return spots
}

/** A text, or texts nested in lists and in the `text`, `content` and `output` fields of objects. */
function plainSpots(value: unknown, path: Path, role: SubjectText['role'] = 'user'): TextSpot[] {
  if (typeof value === 'string') return [{ role, text: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, i) => plainSpots(item, [...path, i], role))
  if (!isObject(value)) return []
  const own = typeof value['role'] === 'string' ? (roles[value['role']] ?? role) : role
  return ['text', 'content', 'output', 'arguments', 'input', 'code', 'summary', 'refusal', 'name', 'filename'].flatMap((field) => plainSpots(value[field], [...path, field], own))
}

function chatSpots(messages: unknown): TextSpot[] {
  if (!Array.isArray(messages)) return []
  return messages.flatMap((message: unknown, i) => messageSpots(message).map((spot) => ({ ...spot, path: ['messages', i, ...spot.path] })))
}

/** The texts of one message; paths begin at the message. */
export function messageSpots(message: unknown): TextSpot[] {
  if (!isObject(message)) return []
  const role = roles[String(message['role'])] ?? 'user'
  const spots = contentSpots(message['content'], ['content'], role)
  for (const field of ['refusal', 'reasoning_content', 'reasoning', 'name']) spots.push(...textAt(message[field], [field], role))
  if (Array.isArray(message['thinking_blocks'])) {
    message['thinking_blocks'].forEach((block: unknown, n) => {
      if (isObject(block)) spots.push(...textAt(block['thinking'], ['thinking_blocks', n, 'thinking'], role))
    })
  }
  if (isObject(message['audio'])) spots.push(...textAt(message['audio']['transcript'], ['audio', 'transcript'], role))
  spots.push(...callSpots(message['tool_calls'], ['tool_calls']))
  if (isObject(message['function_call'])) spots.push(...plainSpots(message['function_call']['arguments'], ['function_call', 'arguments'], 'assistant'))
  return spots
}

function contentSpots(content: unknown, path: Path, role: SubjectText['role']): TextSpot[] {
  if (typeof content === 'string') return [{ role, text: content, path }]
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown, i): TextSpot[] => {
    if (!isObject(part)) return []
    const file = part['file']
    return [
      ...['text', 'refusal'].flatMap((field) => textAt(part[field], [...path, i, field], role)),
      ...(isObject(file) ? textAt(file['filename'], [...path, i, 'file', 'filename'], role) : []),
      ...fileText(file, [...path, i, 'file', 'file_data'], role),
    ]
  })
}

/** The text of a file that is sent as plain text and not as base64 (`data:text/plain,...` or no data URL at all would be base64). */
function fileText(file: unknown, path: Path, role: SubjectText['role']): TextSpot[] {
  const data = isObject(file) ? file['file_data'] : undefined
  return typeof data === 'string' && /^data:[^,;]*(;(?!base64)[^,;]*)*,/i.test(data) ? textAt(data, path, role) : []
}

function textAt(value: unknown, path: Path, role: SubjectText['role']): TextSpot[] {
  return typeof value === 'string' && value !== '' ? [{ role, text: value, path }] : []
}

/** Arguments of tool calls, and inputs of custom tools. */
export function callSpots(calls: unknown, path: Path): TextSpot[] {
  if (!Array.isArray(calls)) return []
  return calls.flatMap((call: unknown, i): TextSpot[] => {
    if (!isObject(call)) return []
    if (isObject(call['function']) && typeof call['function']['arguments'] === 'string') return [{ role: 'assistant', text: call['function']['arguments'], path: [...path, i, 'function', 'arguments'] }]
    if (isObject(call['custom']) && typeof call['custom']['input'] === 'string') return [{ role: 'assistant', text: call['custom']['input'], path: [...path, i, 'custom', 'input'] }]
    return []
  })
}

function toolSpots(tools: unknown): TextSpot[] {
  if (!Array.isArray(tools)) return []
  return tools.flatMap((tool: unknown, i) =>
    isObject(tool) ? ['function', 'custom'].flatMap((kind) => (isObject(tool[kind]) ? descriptionSpots(tool[kind], ['tools', i, kind]) : [])) : [],
  )
}

function describedSpots(list: unknown, path: Path): TextSpot[] {
  return Array.isArray(list) ? list.flatMap((item: unknown, i) => descriptionSpots(item, [...path, i])) : []
}

/** Every `description` of a tool and of its parameters' JSON schema. */
function descriptionSpots(node: unknown, path: Path): TextSpot[] {
  if (Array.isArray(node)) return describedSpots(node, path)
  if (!isObject(node)) return []
  return Object.entries(node).flatMap(([key, value]) => (key === 'description' && typeof value === 'string' ? textAt(value, [...path, key], 'system') : descriptionSpots(value, [...path, key])))
}
