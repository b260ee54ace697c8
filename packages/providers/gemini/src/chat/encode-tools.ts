import { type Call, type ChatRequest, GatewayError } from '@tianjillm/core'
import { asString, isRecord } from '@tianjillm/provider-kit'
import { isAtLeast } from '../model.ts'
import { toJsonSchema } from '../schema/json-schema.ts'
import { toOpenApiSchema } from '../schema/openapi-schema.ts'

const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Tools that Google runs. Source: https://ai.google.dev/api/caching#Tool, and those of Vertex AI. */
const builtIn = new Set(['googleSearch', 'googleSearchRetrieval', 'enterpriseWebSearch', 'urlContext', 'codeExecution', 'googleMaps', 'computerUse', 'fileSearch', 'retrieval', 'mcpServers'])

/** Other APIs' names for them. */
const synonyms: Readonly<Record<string, string>> = { webSearch: 'googleSearch', webSearchPreview: 'googleSearch', codeInterpreter: 'codeExecution' }

/**
 * `tools` of the API: functions together in one, each of Google's own tools in one of its own.
 * @throws `invalid_request`, `unsupported_parameter`
 */
export function encodeTools(input: ChatRequest, call: Call): Record<string, unknown>[] {
  const functions: unknown[] = []
  const own = new Map<string, unknown>()
  const tools: readonly unknown[] = input.tools ?? []
  for (const [i, tool] of tools.entries()) {
    const where = `tools[${i}]`
    if (!isRecord(tool)) throw new GatewayError('invalid_request', `${where} is not an object.`, { param: where })
    if (isRecord(tool['function'])) functions.push(declaration(tool['function'], where, call.model))
    else if (Array.isArray(tool['functionDeclarations'] ?? tool['function_declarations'])) functions.push(...((tool['functionDeclarations'] ?? tool['function_declarations']) as unknown[]))
    else {
      const [name, value] = native(tool, where)
      own.set(name, value)
    }
  }
  if (isRecord(input.web_search_options) && !own.has('googleSearch')) own.set('googleSearch', {})
  // There is no switch; with one function the model rarely calls it twice, which LiteLLM accepts too.
  if (input.parallel_tool_calls === false && functions.length > 1) call.drop('parallel_tool_calls')
  return [...(functions.length > 0 ? [{ functionDeclarations: functions }] : []), ...[...own].map(([name, value]) => ({ [name]: value }))]
}

function declaration(called: Readonly<Record<string, unknown>>, where: string, model: string): Record<string, unknown> {
  const name = asString(called['name'])
  if (name === undefined) throw new GatewayError('invalid_request', `${where}.function has no name.`, { param: `${where}.function.name` })
  const { description, parameters } = called
  return { name, ...(typeof description === 'string' && { description }), ...(isRecord(parameters) && schemaOf(parameters, `${where}.function.parameters`, model)) }
}

function schemaOf(parameters: Record<string, unknown>, where: string, model: string): Record<string, unknown> {
  if (isAtLeast(model, 2)) return { parametersJsonSchema: toJsonSchema(parameters) }
  const schema = toOpenApiSchema(parameters, where)
  // The older form has no object without properties: no parameters at all says the same.
  return isRecord(schema['properties']) && Object.keys(schema['properties']).length > 0 ? { parameters: schema } : {}
}

/** `{google_search: {}}`, `{googleSearch: {}}`, `{type: 'google_search', ...}`, `{type: 'web_search'}`. */
function native(tool: Readonly<Record<string, unknown>>, where: string): readonly [string, unknown] {
  const { type, ...rest } = tool
  const keys = Object.keys(rest)
  const single = keys.length === 1 ? camel(keys[0]!) : ''
  if (builtIn.has(single)) return [single, rest[keys[0]!] ?? {}]
  const named = typeof type === 'string' ? camel(type) : ''
  if (builtIn.has(named)) return [named, Object.fromEntries(Object.entries(rest).map(([key, value]) => [camel(key), value]))]
  // Their options belong to another API.
  if (Object.hasOwn(synonyms, named)) return [synonyms[named]!, {}]
  throw new GatewayError('invalid_request', `${where} is neither a function nor one of Gemini's own tools.`, { param: where })
}
