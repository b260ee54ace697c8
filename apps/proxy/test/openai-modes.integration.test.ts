import { answer, type Recording } from '@tianjillm/test-kit'
import { AzureOpenAI } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChatParams, chunksOf, openStand, type ProviderName, recordingsOf, type Stand } from './all-providers.ts'
import { MASTER_KEY } from './start-proxy.ts'

let bytes: Stand
let events: Stand
beforeAll(async () => {
  // A sink that reads texts makes the gateway decode what it would pass on as bytes.
  const withSink = (url: string): object => ({ litellm_settings: { callbacks: ['webhook'] }, callback_settings: { webhook: { url: `${url}/sink`, flush_interval: 0.1 } } })
  ;[bytes, events] = await Promise.all([openStand(), openStand(withSink)])
})
afterAll(async () => {
  await Promise.all([bytes, events].map((stand) => stand[Symbol.asyncDispose]()))
})
beforeEach(() => [bytes, events].forEach(({ upstream }) => upstream.reset().on('/sink', answer.json({}))))

const messages = [{ role: 'user', content: 'hi' }] as const

/** The parts that an answer is made of; whether an absent value is written as null is the upstream's habit. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null).map(([key, entry]) => [key, meaning(entry)]))
}

describe('bytes passed on, and events decoded for a sink, are the same to a client', () => {
  const openaiLike = ['openai', 'azure', 'groq', 'perplexity', 'mistral', 'deepseek'] as const satisfies readonly ProviderName[]
  const cases = openaiLike.flatMap((name) =>
    recordingsOf(name).filter(({ operation = 'chat', response }) => operation === 'chat' && response.status === 200).map((recording) => ({ name, case: recording.name, recording })))

  async function ask({ upstream, client }: Stand, name: ProviderName, recording: Recording): Promise<unknown> {
    upstream.otherwise(answer.recording(recording))
    const { stream, ...input } = recording.input!
    const body = { ...input, model: `${name}/${input.model}` } as unknown as ChatParams
    return meaning(stream ? await chunksOf(client, body) : await client.chat.completions.create(body))
  }

  it.each(cases)('$name: $case', async ({ name, recording }) => {
    expect(await ask(events, name, recording)).toEqual(await ask(bytes, name, recording))
    const sink = await events.upstream.request(1)
    expect(sink).toMatchObject({ path: '/sink' })
    expect(events.upstream.requests[0]!.text).toBe(bytes.upstream.requests[0]!.text)
  })
})

describe('the client for Azure', () => {
  const azure = () => new AzureOpenAI({ endpoint: bytes.proxy.url, apiKey: MASTER_KEY, apiVersion: '2024-10-21', maxRetries: 0 })
  const recorded = (name: string) => answer.recording(recordingsOf('azure').find((recording) => recording.name === name)!)

  it('chats, with the model in the path', async () => {
    bytes.upstream.otherwise(recorded('chat'))
    const reply = await azure().chat.completions.create({ model: 'azure/gpt-4o-mini', messages: [...messages] })
    expect(reply).toMatchObject({ model: 'azure/gpt-4o-mini', choices: [{ message: { role: 'assistant', content: expect.stringMatching(/./) as string } }] })
    expect(bytes.upstream.requests[0]!.path).toBe('/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21')
    expect(bytes.upstream.requests[0]!.headers['api-key']).not.toBe(MASTER_KEY)
  })

  it('reaches the models of other providers as well', async () => {
    bytes.upstream.otherwise(answer.recording(recordingsOf('anthropic').find(({ name }) => name === 'chat-stream')!))
    const chunks = await chunksOf(azure(), { model: 'anthropic/claude-haiku-4-5', messages: [...messages] })
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('你好 👋')
  })

  it('streams, embeds and lists', async () => {
    bytes.upstream.on(/chat/, recorded('chat-stream')).on(/embeddings/, recorded('embeddings'))
    const chunks = await chunksOf(azure(), { model: 'azure/gpt-4o-mini', messages: [...messages] })
    expect(chunks.at(-1)!.usage!.total_tokens).toBeGreaterThan(0)
    const embedded = await azure().embeddings.create({ model: 'azure/text-embedding-3-small', input: ['a', 'b'], encoding_format: 'float' })
    expect(embedded.data).toHaveLength(2)
    expect((await azure().models.list()).data.map(({ id }) => id)).toContain('azure/*')
  })

  it('takes a deployment of its own for all calls', async () => {
    bytes.upstream.otherwise(recorded('chat'))
    const client = new AzureOpenAI({ endpoint: bytes.proxy.url, apiKey: MASTER_KEY, apiVersion: '2024-10-21', deployment: 'azure/gpt-4o-mini', maxRetries: 0 })
    await client.chat.completions.create({ model: 'something-else', messages: [...messages] })
    expect(bytes.upstream.requests[0]!.path).toContain('/deployments/gpt-4o-mini/')
    expect(bytes.upstream.requests[0]!.json).toMatchObject({ model: 'gpt-4o-mini' })
  })
})
