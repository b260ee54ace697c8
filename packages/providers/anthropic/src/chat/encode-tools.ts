import { type Call, type ChatRequest, type FunctionTool, GatewayError } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord } from '@tianjillm/provider-kit'
import type { ModelTraits } from '../models.ts'
import { enforceable, hasOpenObject } from './schema.ts'

type Json = Record<string, unknown>

/** Tools, and the MCP servers that stand among them in OpenAI's form. */
export interface EncodedTools {
  readonly tools: Json[]
  readonly mcpServers: Json[]
}

/** OpenAI's functions as Anthropic's tools; Anthropic's own (server tools, bash, computer ...) as they are. */
export function encodeTools(tools: ChatRequest['tools'], traits: ModelTraits): EncodedTools {
  const encoded: Json[] = []
  const mcpServers: Json[] = []
  for (const [i, tool] of (tools ?? []).entries()) {
    const given = tool as unknown as Json
    const type = given['type']
    if (type === 'mcp') mcpServers.push(mcpServer(given))
    else if (type === 'url') mcpServers.push(given)
    else if ((type === 'function' || type === 'custom') && isRecord(given['function'])) encoded.push(functionTool(tool, traits))
    else if ('input_schema' in given || (typeof type === 'string' && type !== 'function' && type !== 'custom')) encoded.push(ownTool(given))
    else throw new GatewayError('invalid_request', 'Claude takes tools of type "function", and its own tools.', { param: `tools[${i}]` })
  }
  return { tools: encoded, mcpServers }
}

function functionTool(tool: FunctionTool, { structured }: ModelTraits): Json {
  const { name, description, parameters, strict, cache_control: inner } = tool.function
  const schema: Json = { type: 'object', ...(parameters === undefined ? { properties: {} } : parameters) }
  // Models without strict mode, and maps, which it cannot enforce, get the schema as a wish.
  const enforced = strict === true && structured && !hasOpenObject(schema)
  const mark = tool.cache_control ?? inner
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: enforced ? enforceable(schema) : schema,
    ...(enforced && { strict: true }),
    ...(mark && { cache_control: mark }),
  }
}

/** LiteLLM's form puts the parameters of Anthropic's tools into `function`; Anthropic's own form is flat. */
function ownTool(tool: Json): Json {
  if (!isRecord(tool['function'])) return tool
  const { function: inner, ...rest } = tool
  const { name, parameters } = inner as { name?: unknown; parameters?: unknown }
  return { ...rest, name: rest['name'] ?? name ?? String(tool['type']).replace(/_\d{8}$/, ''), ...asRecord(parameters) }
}

/** OpenAI's MCP tool as Anthropic's connector. Source: https://platform.claude.com/docs/en/agents-and-tools/mcp-connector */
function mcpServer(tool: Json): Json {
  const token = asString(asRecord(tool['headers'])['Authorization'])?.replace(/^Bearer /, '') ?? asString(tool['authorization'])
  const allowed = tool['allowed_tools']
  return {
    type: 'url', url: tool['server_url'], name: tool['server_label'],
    ...(token !== undefined && { authorization_token: token }),
    ...(Array.isArray(allowed) && { tool_configuration: { enabled: true, allowed_tools: allowed } }),
  }
}

/** LiteLLM's searches for each `search_context_size`. */
const searches: Readonly<Record<string, number>> = { low: 1, medium: 5, high: 10 }

/** The search tool that `web_search_options` asks for. */
export function webSearchTool(options: Readonly<Record<string, unknown>>): Json {
  const place = asRecord(asRecord(options['user_location'])['approximate'])
  const maxUses = searches[String(options['search_context_size'])]
  return {
    type: 'web_search_20250305', name: 'web_search',
    ...(Object.keys(place).length > 0 && { user_location: { ...place, type: 'approximate' } }),
    ...(maxUses !== undefined && { max_uses: maxUses }),
  }
}

/** Stand-ins for tools that were called but are no longer offered: the API wants every called tool defined. */
export function forgottenTools(names: ReadonlySet<string>): Json[] {
  return [...names].map((name) => ({ name, input_schema: { type: 'object', properties: {}, additionalProperties: true } }))
}

/** The tools that `tool_choice` allows. */
export function allowedTools(tools: Json[], choice: ChatRequest['tool_choice']): Json[] {
  if (!isRecord(choice) || choice['type'] !== 'allowed_tools') return tools
  const names = new Set(asArray(asRecord(choice['allowed_tools'])['tools']).map((tool) => asString(asRecord(asRecord(tool)['function'])['name']) ?? asString(asRecord(tool)['name'])))
  return tools.filter(({ name }) => names.has(name as string))
}

/**
 * `tool_choice`, with `parallel_tool_calls` in it. Undefined: Anthropic's default, which is OpenAI's too.
 *
 * @param canForce whether the model, thinking as it will, may be forced to call a tool
 */
export function toolChoiceOf(input: ChatRequest, call: Call, canForce: boolean): Json | undefined {
  let choice = choiceOf(input.tool_choice)
  if (choice && (choice['type'] === 'any' || choice['type'] === 'tool') && !canForce) {
    call.drop('tool_choice')
    choice = undefined
  }
  if (input.parallel_tool_calls !== false || choice?.['type'] === 'none') return choice
  return { type: 'auto', ...choice, disable_parallel_tool_use: true }
}

function choiceOf(choice: ChatRequest['tool_choice']): Json | undefined {
  switch (choice) {
    case undefined: case null: return undefined
    case 'none': case 'auto': return { type: choice }
    case 'required': return { type: 'any' }
  }
  const given = choice as unknown as Json
  if (given['type'] === 'function') return { type: 'tool', name: asRecord(given['function'])['name'] }
  if (given['type'] === 'allowed_tools') return { type: asRecord(given['allowed_tools'])['mode'] === 'required' ? 'any' : 'auto' }
  if (['auto', 'any', 'tool', 'none'].includes(String(given['type']))) return given
  throw new GatewayError('invalid_request', '`tool_choice` must be none, auto, required, or name a function.', { param: 'tool_choice' })
}
