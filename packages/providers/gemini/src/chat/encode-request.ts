import type { Call, ChatRequest } from '@tianjillm/core'
import { isRecord } from '@tianjillm/provider-kit'
import { requestFields } from '../native-fields.ts'
import type { GenerateContentRequest } from '../wire.ts'
import { encodeMessages } from './encode-messages.ts'
import { encodeTools } from './encode-tools.ts'
import type { FileUri } from './encode-parts.ts'
import { generationConfig } from './generation-config.ts'
import { encodeToolChoice } from './tool-choice.ts'

/** OpenAI's tiers in Gemini's words; `auto` is what the API does by itself. */
const tiers: Readonly<Record<string, string | undefined>> = { default: 'standard', standard: 'standard', flex: 'flex', priority: 'priority' }

/**
 * A chat request as `generateContent` takes it.
 * @throws `invalid_request`, `unsupported_parameter`
 */
export function encodeChat(input: ChatRequest, call: Call, fileUri: FileUri): GenerateContentRequest {
  const { system, contents } = encodeMessages(input.messages, call.model, fileUri)
  const tools = encodeTools(input, call)
  const config = generationConfig(input, call)
  const body: GenerateContentRequest = { contents }
  if (system.length > 0) body.systemInstruction = { parts: system }
  if (tools.length > 0) body.tools = tools
  if (Object.keys(config).length > 0) body.generationConfig = config
  for (const [field, name] of requestFields) {
    const value = input[field]
    if (value !== undefined && value !== null) body[name] = value
  }
  const choice = encodeToolChoice(input.tool_choice)
  const serverSide = input['include_server_side_tool_invocations'] === true
  if (choice !== undefined || serverSide) {
    const own = isRecord(body.toolConfig) ? body.toolConfig : {}
    body.toolConfig = {
      ...own,
      ...(choice && { functionCallingConfig: { ...(isRecord(own['functionCallingConfig']) && own['functionCallingConfig']), ...choice } }),
      ...(serverSide && { includeServerSideToolInvocations: true }),
    }
  }
  const tier = input.service_tier
  if (typeof tier === 'string' && tier !== 'auto') {
    const own = tiers[tier]
    if (own === undefined) call.drop('service_tier')
    else body.serviceTier = own
  }
  return body
}
