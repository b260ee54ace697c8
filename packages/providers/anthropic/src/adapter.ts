import type { AdapterOf, Call, UpstreamTarget } from '@tianjillm/core'
import { decodeChat } from './chat/decode-response.ts'
import { encodeChat } from './chat/encode-request.ts'
import { createChatStream } from './chat/stream.ts'
import { usageOfBody } from './chat/usage.ts'
import { errorOfReply } from './error.ts'
import { supportsField } from './supports.ts'

/** What differs between the places that serve the Messages API. */
export interface AnthropicAdapterOptions {
  /** Name for error messages. */
  readonly provider: string
  /** Where a request goes that needs these beta features. The same object for the same features. */
  readonly target: (betas: readonly string[], call: Call) => UpstreamTarget
}

const none: readonly string[] = []

/** The chat adapter for an upstream that speaks Anthropic's Messages API. */
export function createAnthropicChatAdapter({ provider, target }: AnthropicAdapterOptions): AdapterOf<'chat'> {
  /** The tool that a call's `response_format` became, if it did. */
  const jsonTools = new WeakMap<Call, 'plain' | 'wrapped'>()
  const betasOf = new WeakMap<Call, readonly string[]>()
  return {
    dialect: 'anthropic',
    framing: 'sse',
    supports: supportsField,
    target: (call) => target(betasOf.get(call) ?? none, call),
    encode(input, call) {
      const { body, betas, jsonTool } = encodeChat(input, call)
      if (jsonTool) jsonTools.set(call, jsonTool)
      if (betas.length > 0) betasOf.set(call, betas)
      return body
    },
    decode: (body, call) => decodeChat(body, { provider, created: call.created, jsonTool: jsonTools.get(call) }),
    stream: (call) => createChatStream({ provider, model: call.model, created: call.created, jsonTool: jsonTools.get(call) }),
    usageOf: usageOfBody,
    error: (reply) => errorOfReply(reply, provider),
  }
}
