import { checkFields, either, type FieldCheck, flag, integer, invalid, list, number, object, requireField, text } from './fields.ts'

/** Types of the fields. Source: https://platform.openai.com/docs/api-reference/responses/create */
const fields: Readonly<Record<string, FieldCheck>> = {
  model: text,
  input: either(text, list),
  instructions: text,
  stream: flag,
  stream_options: object,
  background: flag,
  store: flag,
  previous_response_id: text,
  conversation: either(text, object),
  prompt: object,
  include: list,
  tools: list,
  tool_choice: either(text, object),
  parallel_tool_calls: flag,
  max_tool_calls: integer(1),
  max_output_tokens: integer(1),
  reasoning: object,
  text: object,
  temperature: number(0),
  top_p: number(0, 1),
  top_logprobs: integer(0),
  truncation: text,
  service_tier: text,
  user: text,
  safety_identifier: text,
  prompt_cache_key: text,
  metadata: object,
}

/** @throws `invalid_request` naming the field, `input[2].content` style */
export function checkResponses(body: Record<string, unknown>): void {
  requireField(body, 'model')
  checkFields(body, fields)
  // A prompt that the upstream keeps, or a conversation, may stand for the input.
  if ((body['prompt'] ?? body['conversation'] ?? body['previous_response_id'] ?? null) === null) requireField(body, 'input')
  const { input, tools, previous_response_id: previous, conversation } = body
  if ((previous ?? null) !== null && (conversation ?? null) !== null) throw invalid('previous_response_id', 'left out where `conversation` is given', previous)
  if (Array.isArray(input)) for (let i = 0; i < input.length; i += 1) checkItem(input[i], `input[${i}]`)
  if (Array.isArray(tools)) for (let i = 0; i < tools.length; i += 1) checkTool(tools[i], `tools[${i}]`)
}

function checkItem(item: unknown, path: string): void {
  if (!isObject(item)) throw invalid(path, 'an object', item)
  const { type, role, content } = item
  if (type !== undefined && type !== null && typeof type !== 'string') throw invalid(`${path}.type`, 'a string', type)
  if (role !== undefined && typeof role !== 'string') throw invalid(`${path}.role`, 'a string', role)
  if ((type ?? 'message') === 'message' && typeof content !== 'string' && !Array.isArray(content)) throw invalid(`${path}.content`, 'a string or a list of parts', content)
  if (Array.isArray(content)) for (let i = 0; i < content.length; i += 1) if (!isObject(content[i])) throw invalid(`${path}.content[${i}]`, 'an object', content[i])
}

function checkTool(tool: unknown, path: string): void {
  if (!isObject(tool)) throw invalid(path, 'an object', tool)
  if (typeof tool['type'] !== 'string') throw invalid(`${path}.type`, 'a string', tool['type'])
  if (tool['type'] === 'function' && typeof tool['name'] !== 'string') throw invalid(`${path}.name`, 'a string', tool['name'])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
