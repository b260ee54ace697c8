import { either, type FieldCheck, flag, integer, invalid, list, number, object, requireField, text, checkFields } from './fields.ts'

/** Types of the chat fields. Source: https://platform.openai.com/docs/api-reference/chat/create */
const fields: Readonly<Record<string, FieldCheck>> = {
  model: text,
  messages: list,
  stream: flag,
  stream_options: object,
  tools: list,
  tool_choice: either(text, object),
  parallel_tool_calls: flag,
  response_format: object,
  max_tokens: integer(1),
  max_completion_tokens: integer(1),
  temperature: number(0),
  top_p: number(0, 1),
  n: integer(1, 128),
  stop: either(text, list),
  seed: integer(Number.MIN_SAFE_INTEGER),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  logit_bias: object,
  logprobs: flag,
  top_logprobs: integer(0),
  reasoning_effort: text,
  thinking: object,
  modalities: list,
  audio: object,
  prediction: object,
  user: text,
  metadata: object,
  functions: list,
}

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function'])

/** @throws `invalid_request` naming the field, `messages[2].content` style */
export function checkChat(body: Record<string, unknown>): void {
  requireField(body, 'model')
  requireField(body, 'messages')
  checkFields(body, fields)
  const messages = body['messages'] as unknown[]
  if (messages.length === 0) throw invalid('messages', 'a list of at least one message', messages)
  for (let i = 0; i < messages.length; i += 1) checkMessage(messages[i], `messages[${i}]`)
  const tools = body['tools'] as unknown[] | null | undefined
  for (let i = 0; i < (tools?.length ?? 0); i += 1) checkTool(tools![i], `tools[${i}]`)
}

function checkMessage(message: unknown, path: string): void {
  if (!isObject(message)) throw invalid(path, 'an object', message)
  const { role, content } = message
  if (typeof role !== 'string' || !roles.has(role)) throw invalid(`${path}.role`, `one of ${[...roles].join(', ')}`, role)
  if (Array.isArray(content)) {
    for (let i = 0; i < content.length; i += 1) checkPart(content[i], `${path}.content[${i}]`)
  } else if (typeof content !== 'string' && !(role === 'assistant' && (content === null || content === undefined)) && !(role === 'function' && content === null)) {
    throw invalid(`${path}.content`, 'a string or a list of parts', content)
  }
  if (role === 'tool' && typeof message['tool_call_id'] !== 'string') throw invalid(`${path}.tool_call_id`, 'a string', message['tool_call_id'])
  const calls = message['tool_calls']
  if (calls === undefined || calls === null) return
  if (!Array.isArray(calls)) throw invalid(`${path}.tool_calls`, 'a list', calls)
  for (let i = 0; i < calls.length; i += 1) checkToolCall(calls[i], `${path}.tool_calls[${i}]`)
}

function checkPart(part: unknown, path: string): void {
  if (!isObject(part)) throw invalid(path, 'an object', part)
  if (typeof part['type'] !== 'string') throw invalid(`${path}.type`, 'a string', part['type'])
  if (part['type'] === 'text' && typeof part['text'] !== 'string') throw invalid(`${path}.text`, 'a string', part['text'])
  if (part['type'] !== 'image_url') return
  const image = part['image_url']
  if (typeof image !== 'string' && !(isObject(image) && typeof image['url'] === 'string')) throw invalid(`${path}.image_url.url`, 'a string', isObject(image) ? image['url'] : image)
}

function checkToolCall(call: unknown, path: string): void {
  if (!isObject(call)) throw invalid(path, 'an object', call)
  if (typeof call['id'] !== 'string') throw invalid(`${path}.id`, 'a string', call['id'])
  if (call['type'] === 'custom') return
  const called = call['function']
  if (!isObject(called)) throw invalid(`${path}.function`, 'an object', called)
  if (typeof called['name'] !== 'string') throw invalid(`${path}.function.name`, 'a string', called['name'])
  if (typeof called['arguments'] !== 'string') throw invalid(`${path}.function.arguments`, 'a string of JSON', called['arguments'])
}

function checkTool(tool: unknown, path: string): void {
  if (!isObject(tool)) throw invalid(path, 'an object', tool)
  // Tools that run at the provider may come in its own words: `{"google_search": {}}` is Gemini's.
  if (tool['type'] === undefined && !('function' in tool) && Object.values(tool).some(isObject)) return
  if (typeof tool['type'] !== 'string') throw invalid(`${path}.type`, 'a string', tool['type'])
  if (tool['type'] !== 'function') return
  const declared = tool['function']
  if (!isObject(declared)) throw invalid(`${path}.function`, 'an object', declared)
  if (typeof declared['name'] !== 'string') throw invalid(`${path}.function.name`, 'a string', declared['name'])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
