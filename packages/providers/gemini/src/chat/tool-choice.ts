import { type ChatRequest, GatewayError } from '@tianjillm/core'
import { asArray, asRecord, asString } from '@tianjillm/provider-kit'

/** `functionCallingConfig` of the API. */
export interface FunctionCallingConfig {
  mode: 'NONE' | 'AUTO' | 'ANY' | 'VALIDATED'
  allowedFunctionNames?: string[]
}

/**
 * `tool_choice` in Gemini's words. Source: https://ai.google.dev/api/caching#FunctionCallingConfig
 * @throws `invalid_request`
 */
export function encodeToolChoice(choice: ChatRequest['tool_choice'] | null): FunctionCallingConfig | undefined {
  if (choice === undefined || choice === null) return undefined
  if (choice === 'none') return { mode: 'NONE' }
  if (choice === 'auto') return { mode: 'AUTO' }
  // `any` is what Anthropic and Mistral call it.
  if (choice === 'required' || (choice as unknown) === 'any') return { mode: 'ANY' }
  const { type, name: bare, function: called, allowed_tools: allowed } = asRecord(choice)
  if (type === 'function') {
    const name = asString(asRecord(called)['name']) ?? asString(bare)
    if (name !== undefined) return { mode: 'ANY', allowedFunctionNames: [name] }
  }
  if (type === 'allowed_tools') {
    const { mode, tools } = asRecord(allowed ?? choice)
    const names = asArray(tools).map((tool) => asString(asRecord(asRecord(tool)['function'])['name']) ?? asString(asRecord(tool)['name'])).filter((name) => name !== undefined)
    // AUTO takes no names; VALIDATED also lets the model answer in text.
    return { mode: mode === 'required' ? 'ANY' : 'VALIDATED', allowedFunctionNames: names }
  }
  throw new GatewayError('invalid_request', 'Gemini takes `none`, `auto`, `required`, a function or a list of allowed tools as `tool_choice`.', { param: 'tool_choice' })
}
