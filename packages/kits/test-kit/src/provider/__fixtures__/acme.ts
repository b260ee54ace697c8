/** A small, correct provider in OpenAI's dialect, for the kit's own tests. Bugs are put in from outside. */
import { type AdapterOf, type ChatChunk, type ChatResponse, type Frame, GatewayError, type Provider, type ProviderPlugin, usageFromOpenAI } from '@tianjillm/core'
import { asArray, asRecord, errorFromReply, isRecord, joinUrl, parseJson } from '@tianjillm/provider-kit'
import * as v from 'valibot'
import { TEST_SECRET } from '../../fakes/builders.ts'
import type { Recording } from '../../recording/types.ts'
import type { ProviderSuite } from '../checks.ts'

const config = v.strictObject({ api_key: v.string(), api_base: v.optional(v.string(), 'https://api.acme.example/v1') })
type Config = v.InferOutput<typeof config>

type Chat = AdapterOf<'chat'>

export function acme(change: (chat: Chat, config: Config) => Partial<Chat> = () => ({}), plugin: Partial<ProviderPlugin<Config>> = {}): ProviderPlugin<Config> {
  return Object.freeze({
    apiVersion: 1, kind: 'provider', name: 'acme', version: '1.0.0', config,
    create: (options: Config): Provider => {
      const chat = adapter(options)
      return { adapters: { chat: { ...chat, ...change(chat, options) } } }
    },
    ...plugin,
  } satisfies ProviderPlugin<Config>)
}

const malformed = (): GatewayError => new GatewayError('upstream_malformed', 'acme sent something that is not its own format.')

function adapter({ api_key, api_base }: Config): Chat {
  const target = { url: joinUrl(api_base, 'chat/completions'), headers: {}, credential: { hosts: [new URL(api_base).host], headers: { authorization: `Bearer ${api_key}` } } }
  return {
    dialect: 'openai', framing: 'sse',
    supports: (field) => field !== 'logit_bias',
    target: () => target,
    encode: (input) => input,
    decode(body) {
      const choice = asRecord(asArray(asRecord(body)['choices'])[0])
      if (!isRecord(choice['message'])) throw malformed()
      return body as ChatResponse
    },
    usageOf: (body, before) => usageFromOpenAI(asRecord(body)['usage']) ?? before,
    error: (reply) => errorFromReply(reply, { provider: 'acme' }),
    stream() {
      let finished = false
      let usage: ReturnType<typeof usageFromOpenAI>
      return {
        push(frame: Frame, emit: (chunk: ChatChunk) => void) {
          if (frame.data === '[DONE]') return
          const body = parseJson(frame.data)
          if (!isRecord(body) || !Array.isArray(body['choices']) || !body['choices'].every(isRecord)) throw malformed()
          finished ||= body['choices'].some((choice) => typeof choice['finish_reason'] === 'string')
          usage = usageFromOpenAI(body['usage']) ?? usage
          emit(body as unknown as ChatChunk)
        },
        end() {
          if (!finished) throw new GatewayError('upstream_interrupted', 'acme ended the stream before the answer was complete.')
        },
        usage: () => usage,
      }
    },
  }
}

const input = { model: 'acme-1', messages: [{ role: 'user', content: 'Hi' }] }
const request = { method: 'POST', url: 'https://api.acme.example/v1/chat/completions', headers: { authorization: 'Bearer [secret]' }, body: input }
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const chunk = (delta: object, finish: string | null = null, more: object = {}): object =>
  ({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'acme-1', choices: [{ index: 0, delta, finish_reason: finish }], ...more })

export const chunks = [
  chunk({ role: 'assistant', content: '' }), chunk({ content: 'Grüß 🦊' }),
  chunk({ tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'get', arguments: '{"a":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '"é"}' } }] }),
  chunk({}, 'tool_calls'), { ...chunk({}), choices: [], usage },
]

export const recordings: Recording[] = [
  {
    name: 'chat', source: 'made up', input, request, dropped: ['logit_bias'],
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 'c1', object: 'chat.completion', created: 1, model: 'acme-1', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }], usage } },
    expect: { text: 'Hello', finish: 'stop', toolCalls: [], promptTokens: 3, completionTokens: [1, 2] },
  },
  {
    name: 'chat-stream', source: 'made up', input: { ...input, stream: true }, request: { ...request, body: { ...input, stream: true } },
    response: { status: 200, headers: { 'content-type': 'text/event-stream' }, raw: `${chunks.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')}data: [DONE]\n\n` },
    output: chunks,
    expect: { text: 'Grüß 🦊', finish: 'tool_calls', toolCalls: [{ name: 'get', args: { a: 'é' } }], promptTokens: 3, completionTokens: 2 },
  },
  {
    name: 'chat-404', source: 'made up', input, request,
    response: { status: 404, headers: { 'content-type': 'application/json' }, body: { error: { message: 'No such model', code: 'model_not_found' } } },
    expect: { kind: 'error', status: 404, code: 'upstream_not_found' },
  },
]
recordings[0] = { ...recordings[0]!, input: { ...input, logit_bias: { 1: 2 } } }

export function suiteOf(plugin: ProviderPlugin<Config>, more: Partial<ProviderSuite> = {}): ProviderSuite {
  return { plugin, config: { api_key: TEST_SECRET }, recordings, ...more }
}
