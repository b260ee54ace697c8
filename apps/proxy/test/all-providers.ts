import { createFakeUpstream, type FakeUpstream, loadRecordings, loadRecordingsAbove, type Recording } from '@tianjillm/test-kit'
import OpenAI from 'openai'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

/** The credential that the proxy holds for every upstream of these tests. */
export const UPSTREAM_KEY = 'sk-upstream-secret'

type Params = Readonly<Record<string, unknown>>

/** How each provider is written in a config when its upstream is at `url`. */
const params = {
  openai: (url) => ({ api_base: `${url}/v1` }),
  azure: (url) => ({ api_base: url, api_version: '2024-10-21' }),
  anthropic: (url) => ({ api_base: url }),
  gemini: (url) => ({ api_base: url }),
  bedrock: (url) => ({ api_key: undefined, aws_access_key_id: 'AKIDEXAMPLE', aws_secret_access_key: UPSTREAM_KEY, aws_region_name: 'us-east-1', aws_bedrock_runtime_endpoint: url }),
  groq: (url) => ({ api_base: `${url}/openai/v1` }),
  perplexity: (url) => ({ api_base: url }),
  mistral: (url) => ({ api_base: `${url}/v1` }),
  deepseek: (url) => ({ api_base: `${url}/v1` }),
  voyage: (url) => ({ api_base: `${url}/v1` }),
} as const satisfies Record<string, (url: string) => Params>

export type ProviderName = keyof typeof params
export const providerNames = Object.keys(params) as ProviderName[]

/** Every model of every provider, by `provider/model`. */
export function modelList(url: string): object[] {
  return providerNames.map((name) => ({ model_name: `${name}/*`, litellm_params: { model: `${name}/*`, api_key: UPSTREAM_KEY, ...params[name](url) } }))
}

/** A running proxy in front of one fake upstream that plays all providers, and OpenAI's own client of it. */
export interface Stand extends AsyncDisposable {
  readonly upstream: FakeUpstream
  readonly proxy: RunningProxy
  readonly client: OpenAI
}

export async function openStand(config: (url: string) => object = () => ({})): Promise<Stand> {
  const upstream = await createFakeUpstream()
  const proxy = await startProxy({ config: { model_list: modelList(upstream.url), router_settings: { num_retries: 0, disable_cooldowns: true }, ...config(upstream.url) } })
  return {
    upstream, proxy,
    client: openaiClient(proxy),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await upstream.close()
    },
  }
}

/** The official client, as its documentation sets it up; without retries, so that one call is one request. */
export function openaiClient(proxy: RunningProxy, options: { apiKey?: string; maxRetries?: number } = {}): OpenAI {
  return new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: MASTER_KEY, maxRetries: 0, ...options })
}

/** Which of a folder's recordings are whose: one package serves many OpenAI-compatible upstreams. */
const folders: Readonly<Partial<Record<ProviderName, string>>> = { groq: 'openai-compatible', perplexity: 'openai-compatible', mistral: 'openai-compatible', deepseek: 'openai-compatible', voyage: 'openai-compatible' }

/** The exchanges that the provider's own package is tested with. */
export function recordingsOf(name: ProviderName): Recording[] {
  const folder = folders[name]
  const all = loadRecordings(new URL(`../../../packages/providers/${folder ?? name}/src/__fixtures__/`, import.meta.url))
  return folder === undefined ? all : all.filter((recording) => recording.name.startsWith(`${name}-`))
}

/** Further recorded answers to chat calls, where the folder is there. */
export function sharedChats(name: ProviderName): Recording[] {
  const chat = /\/(?:chat\/completions|messages|converse|converse-stream)(?:\?|$)|:(?:streamG|g)enerateContent/
  return loadRecordingsAbove(import.meta.url, `shared/fixtures/providers/${name}`).filter(({ request, expect: expected }) =>
    ['chat', 'error'].includes(expected?.kind ?? '') && chat.test((request as { url?: string } | null)?.url ?? ''))
}

export type ChatParams = OpenAI.ChatCompletionCreateParamsNonStreaming

/** All chunks of a streamed chat. */
export async function chunksOf(client: OpenAI, body: ChatParams): Promise<OpenAI.ChatCompletionChunk[]> {
  const chunks: OpenAI.ChatCompletionChunk[] = []
  for await (const chunk of await client.chat.completions.create({ stream_options: { include_usage: true }, ...body, stream: true })) chunks.push(chunk)
  return chunks
}
