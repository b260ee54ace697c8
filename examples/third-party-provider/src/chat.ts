import { type AdapterOf, type Call, type ChatChunk, type ChatDelta, type ChatMessage, type ChatRequest, type ChatResponse, type Credential, GatewayError, type StreamTranslator, type Usage, usage, usageToOpenAI } from '@tianjillm/core'
import { asNumber, asRecord, asString, errorFromReply, isRecord, joinUrl, parseJson } from '@tianjillm/provider-kit'

const provider = 'acme-echo'

/**
 * Echo's chat: `POST /generate {model, prompt, limit?, stream}` answers `{reply, tokens: {in, out}}`;
 * a stream is lines of `{piece}` and a last `{done: true, tokens}`.
 */
export function createChatAdapter(apiBase: string, credential: Credential): AdapterOf<'chat'> {
  const target = { url: joinUrl(apiBase, 'generate'), headers: {}, credential }
  return {
    dialect: 'acme-echo',
    framing: 'ndjson',
    supports: (field) => field === 'max_tokens' || field === 'max_completion_tokens',
    target: () => target,
    encode: (input, call) => encode(input, call),
    decode: (body, call) => decode(body, call),
    stream: (call) => translate(call),
    usageOf: (body, before) => usageOf(body) ?? before,
    error: (reply) => errorFromReply(reply, { provider, parse: (body) => ({ message: asString(asRecord(body)['problem']) }) }),
  }
}

function encode(input: ChatRequest, call: Call): object {
  const limit = input.max_completion_tokens ?? input.max_tokens
  return {
    model: call.model,
    prompt: input.messages.map((message) => `${message.role}: ${textOf(message)}`).join('\n'),
    ...(typeof limit === 'number' && { limit }),
    stream: call.stream,
  }
}

function textOf({ role, content }: ChatMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => {
    if (part.type === 'text') return part.text
    throw new GatewayError('invalid_request', `${provider} reads text only; a message of the ${role} has a part of type "${part.type}".`, { param: 'messages', provider })
  }).join('')
}

function decode(body: unknown, call: Call): ChatResponse {
  const reply = asString(asRecord(body)['reply'])
  if (reply === undefined) throw new GatewayError('upstream_malformed', `${provider} answered without a reply.`, { provider })
  const used = usageOf(body)
  return {
    id: `chatcmpl-${call.id}`, object: 'chat.completion', created: call.created, model: call.model,
    choices: [{ index: 0, message: { role: 'assistant', content: reply }, finish_reason: 'stop' }],
    ...(used && { usage: usageToOpenAI(used) }),
  }
}

function translate(call: Call): StreamTranslator<ChatChunk> {
  const base = { id: `chatcmpl-${call.id}`, object: 'chat.completion.chunk' as const, created: call.created, model: call.model }
  let begun = false
  let done = false
  let used: Usage | undefined
  return {
    push({ data }, emit) {
      const line = parseJson(data)
      if (!isRecord(line)) throw new GatewayError('upstream_malformed', `${provider} sent a line that is not JSON.`, { provider })
      const tell = (delta: ChatDelta, finish_reason: 'stop' | null): void => emit({ ...base, choices: [{ index: 0, delta, finish_reason }] })
      const piece = asString(line['piece'])
      if (piece !== undefined) tell({ ...(!begun && { role: 'assistant' as const }), content: piece }, null)
      begun = true
      if (line['done'] !== true) return
      done = true
      used = usageOf(line)
      tell({}, 'stop')
      if (used) emit({ ...base, choices: [], usage: usageToOpenAI(used) })
    },
    end() {
      if (!done) throw new GatewayError('upstream_interrupted', `${provider} ended the stream before the answer was complete.`, { provider })
    },
    usage: () => used,
  }
}

function usageOf(body: unknown): Usage | undefined {
  const tokens = asRecord(asRecord(body)['tokens'])
  const [input, output] = [asNumber(tokens['in']), asNumber(tokens['out'])]
  return input === undefined && output === undefined ? undefined : usage({ input: input ?? 0, output: output ?? 0 })
}
