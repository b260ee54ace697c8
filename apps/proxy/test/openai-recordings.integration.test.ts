import assert from 'node:assert/strict'
import { answer, assertDecoded, type Recording, seenOfChunks, TEST_CREATED } from '@tianjillm/test-kit'
import { APIError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError, PermissionDeniedError, RateLimitError, UnprocessableEntityError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChatParams, chunksOf, openStand, type ProviderName, providerNames, recordingsOf, sharedChats, type Stand } from './all-providers.ts'

let stand: Stand
beforeAll(async () => void (stand = await openStand()))
afterAll(async () => stand[Symbol.asyncDispose]())
beforeEach(() => void stand.upstream.reset())

/** What the recording was answered to, as its caller asks the proxy for it. */
function bodyOf(name: ProviderName, { input, dropped }: Recording, fallback: string): ChatParams {
  const { model, stream: _stream, ...rest } = input ?? { model: fallback, messages: [{ role: 'user', content: 'Hello' }] }
  return { ...rest, model: `${name}/${model}`, ...(dropped && { drop_params: true }) } as ChatParams
}

/** What belongs to the call and not to the answer, in the words that the recorded outputs have for it. */
function plain(seen: object, { output }: Recording): object {
  const recorded = output as { model?: string; created?: number; id?: string } | undefined
  const { id = '', created } = seen as { id?: string; created?: number }
  const text = JSON.stringify({ ...seen, ...(recorded?.model !== undefined && { model: recorded.model }) })
  // Ids and times of the gateway's own stand in answers whose upstream sends none.
  const call = /[\da-f]{8}-[\da-f-]{27}/.exec(id + text)?.[0]
  const ours = recorded?.created === TEST_CREATED ? text.replaceAll(`"created":${created}`, `"created":${TEST_CREATED}`).replace(/"expires_at":\d+/, `"expires_at":${TEST_CREATED + 3600}`) : text
  return JSON.parse(call !== undefined && JSON.stringify(output ?? '').includes('req_test') ? ours.replaceAll(call, 'req_test') : ours) as object
}

/** The class of error that the client makes of a status. */
const classes: Readonly<Record<number, new (...args: never[]) => Error>> = { 400: BadRequestError, 401: AuthenticationError, 403: PermissionDeniedError, 404: NotFoundError, 422: UnprocessableEntityError, 429: RateLimitError }

/** Asks the proxy what was recorded, and fails unless the client sees what the recording says. */
async function replay(name: ProviderName, recording: Recording, model: string): Promise<void> {
  const { client, upstream } = stand
  upstream.otherwise(answer.recording(recording))
  const body = bodyOf(name, recording, model)
  const call = recording.stream === true || recording.input?.stream === true ? chunksOf(client, body) : client.chat.completions.create(body)
  const { status } = recording.response
  if (status >= 300 || recording.expect?.kind === 'error') {
    await assert.rejects(call, status >= 300 ? (classes[recording.expect?.status ?? status] ?? InternalServerError) : APIError)
    return
  }
  const seen = await call
  if (Array.isArray(seen)) {
    assertDecoded({ ...recording, output: undefined }, seen, true)
    if (Array.isArray(recording.output)) assert.deepEqual(seenOfChunks(seen), seenOfChunks(recording.output))
    // Azure's first event tells about the prompt's filters and is no chunk of an answer.
    for (const chunk of seen) assert.deepEqual([chunk.model, chunk.object], [body.model, chunk.choices.length > 0 ? 'chat.completion.chunk' : chunk.object])
  } else {
    assert.deepEqual([seen.model, seen.object], [body.model, 'chat.completion'])
    assertDecoded(recording, plain(seen, recording), false)
  }
}

const chats = (name: ProviderName): Recording[] => recordingsOf(name).filter(({ operation = 'chat' }) => operation === 'chat')

describe.each(providerNames.filter((name) => chats(name).length > 0).map((name) => ({ name })))('$name, as its package recorded it', ({ name }) => {
  it.each(chats(name))('$name', async (recording) => {
    await replay(name, recording, '')
    const [call] = stand.upstream.requests
    const { body, url } = recording.request
    const { pathname, search, origin } = new URL(url)
    expect(call!.path).toBe(pathname + search)
    const sent = JSON.parse(call!.text.replaceAll(stand.upstream.url, origin)) as object
    // Usage of streams is always asked for where the upstream tells it on request only.
    const usage = 'stream_options' in sent ? { stream_options: { include_usage: true } } : {}
    expect(sent).toEqual({ ...(body ?? sent), ...usage })
  })
})

/** A model of the provider that takes a plain chat, for answers of which only the upstream's words are known. */
const models: Readonly<Partial<Record<ProviderName, string>>> = { openai: 'gpt-4o-mini', azure: 'gpt-4o-mini', anthropic: 'claude-haiku-4-5', gemini: 'gemini-2.5-flash', bedrock: 'us.amazon.nova-lite-v1:0', groq: 'llama', perplexity: 'sonar', mistral: 'mistral-small', deepseek: 'deepseek-chat' }
const shared = providerNames.map((name) => ({ name, recordings: models[name] === undefined ? [] : sharedChats(name) })).filter(({ recordings }) => recordings.length > 0)

describe.runIf(shared.length > 0).each(shared)('$name, as the public recorded it', ({ name, recordings }) => {
  it.each(recordings)('$name', async (recording) => expect(replay(name, recording, models[name]!)).resolves.toBeUndefined())
})
