import { type Call, type ChatRequest, GatewayError } from '@tianjillm/core'
import { isRecord } from '@tianjillm/provider-kit'
import { type BedrockModel, claudeVersion } from '../model.ts'
import { knownFields } from '../supports.ts'
import { encodeMessages } from './encode-messages.ts'
import { encodeTools } from './encode-tools.ts'
import { keepFacts } from './facts.ts'
import { nameMap } from './names.ts'
import { outputConfig } from './output-config.ts'
import { encodeReasoning } from './reasoning.ts'

/** What Claude may write beside its thinking when the caller sets no limit: LiteLLM's value. */
const MAX_TOKENS_BESIDE_THINKING = 4096

/** Fields of Converse that are sent as the caller wrote them. */
const passed = ['guardrailConfig', 'performanceConfig', 'requestMetadata', 'additionalModelResponseFieldPaths', 'promptVariables'] as const

/**
 * A chat request in Converse's form.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 *
 * @throws `invalid_request`, and what `call.drop` throws
 */
export function encodeChat(input: ChatRequest, call: Call, model: BedrockModel): Record<string, unknown> {
  if (typeof input.n === 'number' && input.n > 1) call.drop('n')
  const reasoning = encodeReasoning(input, model)
  const { toolConfig, jsonTool, names } = encodeTools(input, model, reasoning.thinks, call)
  keepFacts(call, { jsonTool, toolNames: nameMap(names) })
  const { system, messages } = encodeMessages(input.messages, model.family)
  const fields = additionalFields(input, reasoning.fields, toolConfig !== undefined, model, call)
  const output = outputConfig(input.response_format, model)
  const tier = serviceTier(input)
  return {
    messages,
    ...(system.length > 0 && { system }),
    inferenceConfig: inferenceConfig(input, reasoning.budget),
    ...(toolConfig && { toolConfig }),
    ...(output && { outputConfig: output }),
    ...(Object.keys(fields).length > 0 && { additionalModelRequestFields: fields }),
    ...(tier && { serviceTier: tier }),
    ...Object.fromEntries(passed.flatMap((name) => (input[name] === undefined || input[name] === null ? [] : [[name, input[name]]]))),
  }
}

function inferenceConfig(input: ChatRequest, budget: number | undefined): Record<string, unknown> {
  const maxTokens = input.max_completion_tokens ?? input.max_tokens ?? (budget === undefined ? undefined : budget + MAX_TOKENS_BESIDE_THINKING)
  const stop = (typeof input.stop === 'string' ? [input.stop] : (input.stop ?? [])).filter((text) => text !== '')
  const own = input['inferenceConfig']
  return {
    ...(isRecord(own) ? own : undefined),
    ...(isNumber(maxTokens) && { maxTokens }),
    ...(isNumber(input.temperature) && { temperature: input.temperature }),
    ...(isNumber(input.top_p) && { topP: input.top_p }),
    ...(stop.length > 0 && { stopSequences: stop }),
  }
}

/** What Converse has no field for: the model's own words, and fields that are neither OpenAI's nor Converse's. */
function additionalFields(input: ChatRequest, reasoning: Readonly<Record<string, unknown>>, tools: boolean, model: BedrockModel, call: Call): Record<string, unknown> {
  const own = input['additionalModelRequestFields']
  if (own !== undefined && own !== null && !isRecord(own)) throw new GatewayError('invalid_request', 'bedrock: additionalModelRequestFields is not an object.', { param: 'additionalModelRequestFields' })
  const foreign = Object.entries(input).filter(([name, value]) => !knownFields.has(name) && value !== undefined && value !== null)
  return { ...Object.fromEntries(foreign), ...topK(input['top_k'], model), ...reasoning, ...parallelTools(input, tools, model, call), ...own }
}

function topK(value: unknown, model: BedrockModel): Record<string, unknown> {
  if (!isNumber(value)) return {}
  if (model.family === 'nova') return { inferenceConfig: { topK: value } }
  return model.family === 'cohere' ? { k: value } : { top_k: value }
}

/** Claude has a switch for parallel calls, inside its own `tool_choice`. */
function parallelTools(input: ChatRequest, tools: boolean, model: BedrockModel, call: Call): Record<string, unknown> {
  if (input.parallel_tool_calls !== false || !tools) return {}
  const choice = input.tool_choice
  if (claudeVersion(model) >= 45 && (choice === undefined || choice === null || choice === 'auto' || choice === 'required')) {
    return { tool_choice: { type: choice === 'required' ? 'any' : 'auto', disable_parallel_tool_use: true } }
  }
  call.drop('parallel_tool_calls')
  return {}
}

/** OpenAI's tiers are words; `auto` is the default tier. Source: API_runtime_ServiceTier. */
function serviceTier(input: ChatRequest): Record<string, unknown> | undefined {
  if (isRecord(input['serviceTier'])) return input['serviceTier']
  if (typeof input.service_tier !== 'string') return undefined
  return { type: input.service_tier === 'auto' ? 'default' : input.service_tier }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}
