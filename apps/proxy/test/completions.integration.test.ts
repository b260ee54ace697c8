import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneModel } from './chat-answers.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

describe('text completions', () => {
  let upstream: Awaited<ReturnType<typeof createFakeUpstream>>
  let proxy: RunningProxy
  let client: OpenAI

  const completion = (text: string, finish: string | null, usage?: object) => ({ id: 'cmpl-1', object: 'text_completion', created: 1741569952, model: 'upstream-model', choices: [{ index: 0, text, logprobs: null, finish_reason: finish }], ...(usage && { usage }) })
  const usage = { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 }

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ config: oneModel(upstream.url) })
    client = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: MASTER_KEY, maxRetries: 0 })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it('answer the official client, plain', async () => {
    upstream.reset().on('/v1/completions', answer.json(completion('This.', 'stop', usage)))
    const reply = await client.completions.create({ model: 'gpt', prompt: 'Say this', max_tokens: 5 })
    expect(reply).toMatchObject({ model: 'gpt', choices: [{ text: 'This.', finish_reason: 'stop' }], usage })
    expect(upstream.requests[0]!.json).toEqual({ model: 'upstream-model', prompt: 'Say this', max_tokens: 5 })
  })

  it('answer the official client, streamed, with hidden usage counted', async () => {
    upstream.reset().on('/v1/completions', answer.sse([{ data: completion('Th', null) }, { data: completion('is.', 'stop') }, { data: { ...completion('', null, usage), choices: [] } }, '[DONE]']))
    const texts: string[] = []
    for await (const chunk of await client.completions.create({ model: 'gpt', prompt: 'Say this', stream: true }, { headers: { 'x-litellm-call-id': 'text-stream' } })) {
      texts.push(...chunk.choices.map(({ text }) => text))
      expect(chunk.usage ?? null).toBeNull()
    }
    expect(texts.join('')).toBe('This.')
    expect(await proxy.logged(({ id }) => id === 'text-stream')).toMatchObject({ route: 'completions', tokens_in: 2, tokens_out: 3 })
  })

  it('refuse a prompt of a wrong type by name', async () => {
    const error: unknown = await client.completions.create({ model: 'gpt', prompt: 7 as never }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ status: 400, param: 'prompt' })
  })
})
