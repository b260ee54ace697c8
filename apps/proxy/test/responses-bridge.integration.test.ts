import { answer, type Recording, seenOfChunks, seenOfOutput } from '@tianjillm/test-kit'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '@tianjillm/storage/testing'
import { openStand, type ProviderName, recordingsOf, type Stand } from './all-providers.ts'
import { manage } from './management-client.ts'
import { startProxy } from './start-proxy.ts'

/** Providers that have chat alone, and which recording answers which case. */
interface Row {
  readonly model: string
  readonly thinker: string
  readonly plain: string
  readonly streamed: string
  readonly tools?: string
  readonly toolsStreamed?: string
  readonly structured: string
  readonly reasoning: string
}
const rows = {
  anthropic: { model: 'claude-haiku-4-5', thinker: 'claude-sonnet-4-5', plain: 'chat', streamed: 'chat-stream', tools: 'chat-tool-results', toolsStreamed: 'chat-tools-stream', structured: 'chat-structured', reasoning: 'chat-reasoning-adaptive' },
  gemini: { model: 'gemini-2.5-flash', thinker: 'gemini-2.5-flash', plain: 'chat', streamed: 'chat-stream', tools: 'tools-parallel', toolsStreamed: 'tools-stream', structured: 'structured', reasoning: 'reasoning' },
  bedrock: { model: 'us.amazon.nova-lite-v1:0', thinker: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', plain: 'chat', streamed: 'chat-stream', tools: 'tools-required', toolsStreamed: 'tools-stream', structured: 'schema-native', reasoning: 'reasoning' },
  deepseek: { model: 'deepseek-chat', thinker: 'deepseek-reasoner', plain: 'openai:chat', streamed: 'openai:chat-stream', tools: 'openai:chat-tools', toolsStreamed: 'openai:chat-tools-stream', structured: 'openai:chat-reasoning', reasoning: 'deepseek-reasoning' },
  perplexity: { model: 'sonar', thinker: 'sonar-reasoning', plain: 'openai:chat', streamed: 'perplexity-stream', structured: 'openai:chat-reasoning', reasoning: 'openai:chat-reasoning' },
} as const satisfies Partial<Record<ProviderName, Row>>
const providers = Object.entries(rows).map(([name, row]) => ({ name: name as ProviderName, row: row as Row }))

let stand: Stand
beforeAll(async () => void (stand = await openStand()))
afterAll(async () => stand[Symbol.asyncDispose]())
beforeEach(() => void stand.upstream.reset())

const weather = { type: 'function', name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }, strict: false } as const
const asked = [{ role: 'user', content: 'Weather in Paris and Rome?' }] as const
interface Told { readonly text?: string; readonly reasoning?: string; readonly toolCalls?: readonly { name: string; args: unknown }[]; readonly promptTokens?: number; readonly completionTokens?: number }

/** What a response says, in the words of recordings. */
function seenOf({ output_text: text, output, usage }: OpenAI.Responses.Response): Told {
  const calls = output.flatMap((item) => (item.type === 'function_call' ? [{ name: item.name, args: JSON.parse(item.arguments) as unknown }] : []))
  const reasoning = output.flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : [])).join('')
  return { ...(text !== '' && { text }), ...(reasoning !== '' && { reasoning }), ...(calls.length > 0 && { toolCalls: calls }), ...(usage && { promptTokens: usage.input_tokens, completionTokens: usage.output_tokens }) }
}

describe.each(providers)('responses of $name, which has chat alone', ({ name, row }) => {
  const model = `${name}/${row.model}`
  const sent = (): string => stand.upstream.requests[0]!.text
  const recorded = (which: string): Recording => {
    const [file, folder] = which.split(':').toReversed()
    return recordingsOf((folder ?? name) as ProviderName).find((one) => one.name === file)!
  }
  const answering = (which: string): Told => {
    const recording = recorded(which)
    stand.upstream.otherwise(answer.recording(recording))
    const { output, expect: expected } = recording
    const { kind: _kind, tools, toolCalls = tools, finish: _finish, ...rest } = expected ?? {}
    const seen = output === undefined ? {} : Array.isArray(output) ? seenOfChunks(output) : seenOfOutput(output)
    const { text, reasoning, promptTokens, completionTokens, toolCalls: calls = toolCalls } = { ...seen, ...rest } as Told
    return { ...(text && { text }), ...(reasoning && { reasoning }), ...(promptTokens !== undefined && { promptTokens }), ...(completionTokens !== undefined && { completionTokens }), ...(calls && calls.length > 0 && { toolCalls: calls }) }
  }

  it('a text, with its usage', async () => {
    const told = answering(row.plain)
    const reply = await stand.client.responses.create({ model, instructions: 'Be brief.', input: 'Weather in Paris and Rome?' })
    expect(seenOf(reply)).toMatchObject(told)
    expect(reply).toMatchObject({ object: 'response', status: 'completed', model, instructions: 'Be brief.', store: false, id: expect.stringMatching(/^resp_[\w-]{40,}$/) as string })
    expect(reply.usage!.total_tokens).toBe(reply.usage!.input_tokens + reply.usage!.output_tokens)
    expect(sent()).toContain('Be brief.')
  })

  it('a stream, as the client\'s own accumulator reads it', async () => {
    const told = answering(row.streamed)
    const stream = stand.client.responses.stream({ model, input: 'hi' })
    const types: string[] = []
    for await (const event of stream) types.push(event.type)
    const reply = await stream.finalResponse()
    expect(seenOf(reply)).toMatchObject(told)
    expect([types[0], types[1], types.at(-1)]).toEqual(['response.created', 'response.in_progress', 'response.completed'])
    expect(reply.usage!.output_tokens).toBeGreaterThan(0)
  })

  it.runIf(row.tools)('tools, and their results sent back', async () => {
    const told = answering(row.tools!)
    const reply = await stand.client.responses.create({ model, input: [...asked], tools: [weather] })
    expect(seenOf(reply)).toMatchObject(told)
    const calls = reply.output.filter((item) => item.type === 'function_call')
    expect(new Set(calls.map(({ call_id: id }) => id)).size).toBe(calls.length)
    stand.upstream.reset()
    const last = answering(row.plain)
    const results = calls.map(({ call_id }, i) => ({ type: 'function_call_output' as const, call_id, output: `${18 + i} C` }))
    const next = await stand.client.responses.create({ model, input: [...asked, ...(reply.output as OpenAI.Responses.ResponseInputItem[]), ...results], tools: [weather] })
    expect(seenOf(next)).toMatchObject(last)
    results.forEach(({ output }) => expect(sent()).toContain(output))
  })

  it.runIf(row.tools)('tools in a stream', async () => {
    const told = answering(row.toolsStreamed!)
    // Those that the recording was made with: some of their names have to be written in another way, and back.
    const given = (recorded(row.toolsStreamed!).input?.['tools'] ?? []) as readonly { function: object }[]
    const tools = given.length > 0 ? given.map(({ function: declared }) => ({ type: 'function', ...declared }) as unknown as typeof weather) : [weather]
    const reply = await stand.client.responses.stream({ model, input: [...asked], tools }).finalResponse()
    expect(seenOf(reply).toolCalls).toEqual(told.toolCalls)
  })

  it('structured output', async () => {
    const { text } = answering(row.structured)
    const schema = { type: 'object', properties: { value: { type: 'integer' } }, required: ['value'], additionalProperties: false }
    const reply = await stand.client.responses.parse({ model: `${name}/${row.thinker}`, input: '17*23?', text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } })
    expect(reply.output_parsed).toEqual(JSON.parse(text!))
    expect(sent()).toMatch(/\\?"value\\?"/)
  })

  it('vision', async () => {
    const told = answering(row.plain)
    const reply = await stand.client.responses.create({ model, input: [{ role: 'user', content: [{ type: 'input_text', text: 'What is it?' }, { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' }] }] })
    expect(seenOf(reply)).toMatchObject(told)
    expect(sent()).toContain('iVBORw0KGgo=')
  })

  it('reasoning', async () => {
    const told = answering(row.reasoning)
    const reply = await stand.client.responses.create({ model: `${name}/${row.thinker}`, input: '17*23?', reasoning: { effort: 'low' }, max_output_tokens: 8000 })
    expect(seenOf(reply)).toMatchObject(told)
  })

  it('no conversation is kept: going on from an answer, or asking for it, is refused by name', async () => {
    answering(row.plain)
    const { id } = await stand.client.responses.create({ model, input: 'hi' })
    const before = stand.upstream.requests.length
    await expect(stand.client.responses.create({ model, input: 'and?', previous_response_id: id })).rejects.toMatchObject({ status: 400, param: 'previous_response_id', message: expect.stringContaining('keeps no conversation') as string })
    await expect(stand.client.responses.create({ model, input: 'hi', background: true })).rejects.toMatchObject({ status: 400, param: 'background' })
    await expect(stand.client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
    expect(stand.upstream.requests.length).toBe(before)
  })
})

it('LL#26625, LL#33687: what is marked to be cached reaches Anthropic and Bedrock', async () => {
  const marked = { cache_control: { type: 'ephemeral' } }
  const input = [{ role: 'system', content: [{ type: 'input_text', text: 'long', ...marked }] }, { role: 'user', content: [{ type: 'input_text', text: 'hi', ...marked }] }] as never
  const tools = [{ ...weather, ...marked }] as never
  stand.upstream.otherwise(answer.recording(recordingsOf('anthropic').find(({ name }) => name === 'chat')!))
  await stand.client.responses.create({ model: 'anthropic/claude-haiku-4-5', input, tools })
  expect(stand.upstream.requests[0]!.json).toMatchObject({ system: [{ text: 'long', ...marked }], messages: [{ content: [{ text: 'hi', ...marked }] }], tools: [marked] })
  stand.upstream.reset().otherwise(answer.recording(recordingsOf('bedrock').find(({ name }) => name === 'chat')!))
  await stand.client.responses.create({ model: 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', input, tools })
  expect(stand.upstream.requests[0]!.text.split('"cachePoint"').length - 1).toBe(3)
})

const database = await createDatabase()

describe.skipIf(database === undefined)('the ledger', () => {
  afterAll(() => database!.drop())

  it('LL#15740, LL#22010: a bridged response is one row, plain and streamed', async () => {
    const streamedOnce = recordingsOf('anthropic').find(({ name }) => name === 'chat-stream')!
    const once = recordingsOf('anthropic').find(({ name }) => name === 'chat')!
    stand.upstream.otherwise(answer.recording(once))
    await using proxy = await startProxy({ config: { model_list: [{ model_name: 'claude', litellm_params: { model: 'anthropic/claude-haiku-4-5', api_key: 'k', api_base: stand.upstream.url } }] }, database: database!.url })
    const { generate, get } = manage(() => proxy)
    const key = await generate()
    const client = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: key, maxRetries: 0 })
    await client.responses.create({ model: 'claude', input: 'hi' })
    stand.upstream.reset().otherwise(answer.recording(streamedOnce))
    await client.responses.stream({ model: 'claude', input: 'hi' }).finalResponse()
    const read = async (): Promise<readonly Record<string, unknown>[]> => (await get(`/spend/logs?api_key=${key}`)).body as never
    await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBe(2)
    for (const row of await read()) expect(row).toMatchObject({ call_type: 'responses', status: 'success', spend: expect.any(Number) as number })
    expect((await read()).every(({ spend }) => (spend as number) > 0)).toBe(true)
  })
})
