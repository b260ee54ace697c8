import { answer, controlledStream, responseBytes, sseText } from '@tianjillm/test-kit'
import OpenAI, { APIConnectionError, APIError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError, PermissionDeniedError, RateLimitError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chunksOf, openaiClient, openStand, type ProviderName, recordingsOf, type Stand, UPSTREAM_KEY } from './all-providers.ts'
import { chunk } from './chat-answers.ts'

let stand: Stand
beforeAll(async () => void (stand = await openStand()))
afterAll(async () => stand[Symbol.asyncDispose]())
beforeEach(() => void stand.upstream.reset())

const messages = [{ role: 'user', content: 'hi' }] as const

interface Row {
  readonly name: ProviderName
  readonly model: string
  /** An error answer in the upstream's words. */
  readonly error: (message: string) => object
  /** A field that the upstream has no word for. Absent: names of deployments tell nothing about their models. */
  readonly unsupported?: { readonly model?: string; readonly field: string; readonly value: unknown }
  /** A stream of it. */
  readonly stream: string
}

const openaiError = (message: string): object => ({ error: { message, type: 'some_error', param: null, code: null } })
const bias = { field: 'logit_bias', value: { 1: 2 } }

const rows: readonly Row[] = [
  { name: 'openai', model: 'gpt-4o-mini', error: openaiError, unsupported: { model: 'o3-mini', field: 'temperature', value: 0.2 }, stream: 'openai:chat-stream' },
  { name: 'azure', model: 'gpt-4o-mini', error: openaiError, stream: 'openai:chat-stream' },
  { name: 'anthropic', model: 'claude-haiku-4-5', error: (message) => ({ type: 'error', error: { type: 'some_error', message } }), unsupported: bias, stream: 'anthropic:chat-stream' },
  { name: 'gemini', model: 'gemini-2.5-flash', error: (message) => ({ error: { code: 1, message, status: 'SOME' } }), unsupported: bias, stream: 'gemini:chat-stream' },
  { name: 'bedrock', model: 'us.amazon.nova-lite-v1:0', error: (message) => ({ message }), unsupported: bias, stream: 'bedrock:chat-stream' },
  { name: 'groq', model: 'llama', error: openaiError, unsupported: bias, stream: 'openai:chat-stream' },
  { name: 'perplexity', model: 'sonar', error: openaiError, unsupported: bias, stream: 'perplexity:perplexity-stream' },
  { name: 'mistral', model: 'mistral-small-latest', error: openaiError, unsupported: bias, stream: 'openai:chat-stream' },
]

/** What a call threw. */
async function thrown(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  return call.then(() => expect.unreachable('the client saw no error'), (error: Error & Record<string, unknown>) => error)
}

describe.each(rows)('$name', ({ name, model: upstreamModel, error, unsupported, stream }) => {
  const model = `${name}/${upstreamModel}`
  const recording = () => {
    const [folder, file] = stream.split(':')
    return recordingsOf(folder as ProviderName).find((entry) => entry.name === file)!
  }

  it.each([
    [400, BadRequestError, 400],
    [401, AuthenticationError, 401],
    [403, PermissionDeniedError, 403],
    [404, NotFoundError, 404],
    [429, RateLimitError, 429],
    [500, InternalServerError, 500],
    [503, InternalServerError, 503],
  ])('status %i, streamed or not', async (status, type, seen) => {
    stand.upstream.otherwise(answer.error(status, error('Those words'), { 'retry-after': '7' }))
    const body = { model, messages: [...messages] }
    for (const call of [() => stand.client.chat.completions.create(body), () => chunksOf(stand.client, body)]) {
      const caught = await thrown(call())
      expect(caught).toBeInstanceOf(type)
      expect(caught).toMatchObject({ status: seen, message: expect.stringContaining('Those words') as string, type: expect.any(String) as string })
      expect(caught.message).not.toContain(UPSTREAM_KEY)
    }
  })

  it.each([429, 503])('status %i tells how long to wait', async (status) => {
    stand.upstream.otherwise(answer.error(status, error('Wait'), { 'retry-after': '7' }))
    const { headers } = await thrown(stand.client.chat.completions.create({ model, messages: [...messages] }))
    expect((headers as Headers).get('retry-after')).toBe('7')
  })

  it.runIf(unsupported)('a field without equivalent is named, or dropped and told in a header', async () => {
    const { model: strict = upstreamModel, field, value } = unsupported!
    const body = { model: `${name}/${strict}`, messages: [...messages], [field]: value }
    const caught = await thrown(stand.client.chat.completions.create(body))
    expect(caught).toBeInstanceOf(BadRequestError)
    expect(caught).toMatchObject({ param: field, code: 'unsupported_parameter' })
    expect(stand.upstream.requests).toHaveLength(0)
    stand.upstream.otherwise(answer.recording(recording()))
    const { response } = await stand.client.chat.completions.create({ ...body, stream: true, drop_params: true } as OpenAI.ChatCompletionCreateParamsStreaming).withResponse()
    await response.body?.cancel()
    expect(response.headers.get('x-tianjillm-dropped-params')).toBe(field)
    expect(stand.upstream.requests[0]!.json).not.toHaveProperty(field)
  })

  it('a stream that breaks is an error, not a short answer', async () => {
    const { response } = recording()
    const bytes = responseBytes(response)
    const head = { 'content-type': String(response.headers['content-type']) }
    const half = bytes.subarray(0, bytes.length >> 1)
    const frames = bytes.subarray(0, bytes.indexOf('\n\n') + 2)
    // The connection breaks; the body ends inside an event; the body ends behind the first event.
    for (const broken of [answer.reset(half, head), answer.bytes(half, { headers: head }), ...(frames.length > 2 ? [answer.bytes(frames, { headers: head })] : [])]) {
      stand.upstream.otherwise(broken)
      const caught = await thrown(chunksOf(stand.client, { model, messages: [...messages] }))
      expect(caught).toBeInstanceOf(APIError)
      expect(caught.message).toMatch(/broke|ended|interrupted|before/i)
    }
  })

  it('leaving a stream ends the upstream\'s', async () => {
    const { response } = recording()
    const controlled = controlledStream({ headers: { 'content-type': String(response.headers['content-type']) } })
    stand.upstream.otherwise(controlled.answer)
    const leaver = new AbortController()
    const opened = stand.client.chat.completions.create({ model, messages: [...messages], stream: true }, { signal: leaver.signal })
    await controlled.send(responseBytes(response))
    for await (const _ of await opened) leaver.abort()
    expect(leaver.signal.aborted).toBe(true)
    await (await controlled.opened).aborted
  })

  it('an upstream that is not there', async () => {
    stand.upstream.otherwise(answer.reset())
    const caught = await thrown(stand.client.chat.completions.create({ model, messages: [...messages] }))
    expect(caught).toBeInstanceOf(InternalServerError)
    expect(caught).toMatchObject({ status: 502, code: 'upstream_unreachable' })
  })
})

describe('errors of the gateway itself', () => {
  const chat = (client: OpenAI, body: object = {}) => thrown(client.chat.completions.create({ model: 'openai/gpt-4o-mini', messages: [...messages], ...body }))

  it('a wrong key', async () => {
    const caught = await chat(openaiClient(stand.proxy, { apiKey: 'sk-someone-else' }))
    expect(caught).toBeInstanceOf(AuthenticationError)
    expect(caught.message).not.toContain('sk-someone-else')
  })

  it('a model that nobody serves', async () => {
    expect(await chat(stand.client, { model: 'nobody' })).toMatchObject({ status: 400, code: 'model_not_found', param: 'model' })
    expect(await thrown(stand.client.models.retrieve('nobody'))).toBeInstanceOf(NotFoundError)
  })

  it('a field of the wrong type', async () => {
    const caught = await chat(stand.client, { temperature: 'hot' })
    expect(caught).toBeInstanceOf(BadRequestError)
    expect(caught['param']).toBe('temperature')
  })

  it('a route that there is not', async () => {
    expect(await thrown(stand.client.files.list())).toBeInstanceOf(NotFoundError)
  })

  it('a proxy that is not there', async () => {
    const client = new OpenAI({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'sk-x', maxRetries: 0 })
    expect(await chat(client)).toBeInstanceOf(APIConnectionError)
  })

  it('the client retries what it may by itself', async () => {
    stand.upstream.next(answer.error(500), answer.json({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'at last' }, finish_reason: 'stop' }] }))
    const reply = await openaiClient(stand.proxy, { maxRetries: 1 }).chat.completions.create({ model: 'openai/gpt-4o-mini', messages: [...messages] })
    expect(reply.choices[0]!.message.content).toBe('at last')
    expect(stand.upstream.requests).toHaveLength(2)
  })

  it('an error event in the middle of a stream', async () => {
    stand.upstream.otherwise(answer.bytes(sseText({ data: chunk({ content: 'Hel' }) }) + sseText({ data: { error: { message: 'Out of memory', type: 'server_error', code: 500 } } }), { headers: { 'content-type': 'text/event-stream' } }))
    const texts: string[] = []
    const caught = await thrown((async () => {
      for await (const { choices } of await stand.client.chat.completions.create({ model: 'openai/gpt-4o-mini', messages: [...messages], stream: true })) texts.push(choices[0]!.delta.content!)
    })())
    expect(texts).toEqual(['Hel'])
    expect(caught).toBeInstanceOf(APIError)
    expect(caught.message).toContain('Out of memory')
  })
})
