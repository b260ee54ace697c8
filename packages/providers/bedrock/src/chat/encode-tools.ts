import { type Call, type ChatMessage, type ChatRequest, type FunctionTool, GatewayError, type ResponseFormat } from '@tianjillm/core'
import { isRecord } from '@tianjillm/provider-kit'
import type { BedrockModel } from '../model.ts'
import { forcesTools, takesSchema } from './abilities.ts'
import { cachePoint } from './cache-point.ts'
import type { Block } from './media.ts'
import { bedrockName } from './names.ts'

/** Tools in Converse's form, and what they stand for. */
export interface EncodedTools {
  readonly toolConfig: { readonly tools: readonly Block[]; readonly toolChoice?: Block } | undefined
  /** The tool that stands for `response_format`. */
  readonly jsonTool: string | undefined
  /** Names as the caller wrote them. */
  readonly names: readonly string[]
}

/** LiteLLM's name for the tool that stands for `response_format`. */
const JSON_TOOL = 'json_tool_call'

/**
 * `tools`, `tool_choice`, and a `response_format` that the model does not know itself: it becomes
 * a tool whose input is the answer, as LiteLLM does it.
 */
export function encodeTools(input: ChatRequest, model: BedrockModel, thinks: boolean, call: Call): EncodedTools {
  const choice = input.tool_choice
  const names = (input.tools ?? []).flatMap((tool) => (tool.type === 'function' ? [tool.function.name] : []))
  const json = jsonToolOf(input.response_format, model, names)
  const history = usedTools(input.messages)
  const allowed = isRecord(choice) && choice.type === 'allowed_tools' ? new Set(choice.allowed_tools.tools.map(toolName)) : undefined
  const wanted = (input.tools ?? []).filter((tool) => allowed === undefined || allowed.has(toolName(tool)))
  const offered = choice === 'none' && json === undefined && history.length === 0 ? [] : wanted
  if (choice === 'none' && history.length > 0) call.drop('tool_choice')
  const tools = offered.flatMap((tool) => toolBlocks(tool, model))
  // Converse refuses calls and results of tools that no request of its own defines.
  if (tools.length === 0 && json === undefined) tools.push(...history.map((name) => spec(name, undefined, { type: 'object', properties: {} })))
  if (json !== undefined) tools.push(json)
  if (tools.length === 0) return { toolConfig: undefined, jsonTool: undefined, names }
  const toolChoice = json === undefined ? choiceOf(choice) : jsonChoice(choice, offered.length > 0, model, thinks)
  return {
    toolConfig: { tools, ...(toolChoice && { toolChoice }) },
    jsonTool: json === undefined ? undefined : JSON_TOOL,
    names: [...new Set([...names, ...history])],
  }
}

function toolBlocks(tool: FunctionTool, model: BedrockModel): Block[] {
  // Tools that Bedrock itself runs or reads (`systemTool`, `toolSpec`) are sent as they are.
  if ('systemTool' in tool || 'toolSpec' in tool || 'cachePoint' in tool) return [tool as unknown as Block]
  if (tool.type !== 'function') throw new GatewayError('invalid_request', 'bedrock: only tools of the type `function` can be translated. Send others in Bedrock\'s own form (`systemTool`).', { param: 'tools' })
  const { name, description, parameters, strict } = tool.function
  const point = cachePoint(tool.cache_control ?? tool.function.cache_control, model.family, 'tools')
  return [spec(name, description, parameters ?? { type: 'object', properties: {} }, strict === true && takesSchema(model)), ...(point ? [point] : [])]
}

function spec(name: string, description: string | undefined, schema: Readonly<Record<string, unknown>>, strict = false): Block {
  const json = schema['type'] === undefined ? { type: 'object', ...schema } : schema
  return { toolSpec: { name: bedrockName(name), ...(description && { description }), inputSchema: { json }, ...(strict && { strict }) } }
}

function choiceOf(choice: ChatRequest['tool_choice']): Block | undefined {
  if (choice === undefined || choice === null || choice === 'none') return undefined
  if (choice === 'auto') return { auto: {} }
  if (choice === 'required') return { any: {} }
  if (choice.type === 'function') return { tool: { name: bedrockName(choice.function.name) } }
  return choice.allowed_tools.mode === 'required' ? { any: {} } : { auto: {} }
}

/** The answer must come through the tool; models that think, or cannot be forced, are only offered it. */
function jsonChoice(choice: ChatRequest['tool_choice'], others: boolean, model: BedrockModel, thinks: boolean): Block | undefined {
  if (others && isRecord(choice) && choice.type === 'function') return choiceOf(choice)
  if (thinks || !forcesTools(model)) return undefined
  return others && choice !== 'none' ? { any: {} } : { tool: { name: JSON_TOOL } }
}

function jsonToolOf(format: ResponseFormat | undefined, model: BedrockModel, names: readonly string[]): Block | undefined {
  if (format === undefined || format === null || format.type === 'text') return undefined
  if (format.type === 'json_schema' && format.json_schema.schema !== undefined && takesSchema(model)) return undefined
  if (names.includes(JSON_TOOL)) throw new GatewayError('invalid_request', `bedrock: a tool may not be named \`${JSON_TOOL}\` beside response_format.`, { param: 'tools' })
  const schema = format.type === 'json_schema' ? format.json_schema : undefined
  return spec(JSON_TOOL, schema?.description ?? 'Give the answer as JSON.', schema?.schema ?? { type: 'object', properties: {}, additionalProperties: true })
}

function usedTools(messages: readonly ChatMessage[]): string[] {
  return [...new Set(messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []).map((used) => used.function.name) : [])))]
}

function toolName(tool: unknown): unknown {
  return isRecord(tool) && isRecord(tool['function']) ? tool['function']['name'] : isRecord(tool) ? tool['name'] : undefined
}
