import { answer, type Recording, seenOfChunks, seenOfOutput } from '@tianjillm/test-kit'
import OpenAI, { BadRequestError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chunksOf, openStand, type ProviderName, recordingsOf, type Stand } from './all-providers.ts'

/** Models of a provider, and which of its recordings answers which case; `openai:` before those that are OpenAI's own. */
interface Row {
  readonly model: string
  /** One that reasons and keeps to schemas. */
  readonly thinker: string
  readonly embedder?: string
  readonly plain: string
  readonly streamed: string
  /** Absent: the upstream takes no tools. */
  readonly tools?: string
  readonly toolsStreamed?: string
  readonly structured: string
  readonly reasoning: string
  readonly embeddings?: string
}

const chats = { plain: 'openai:chat', streamed: 'openai:chat-stream', tools: 'openai:chat-tools', toolsStreamed: 'openai:chat-tools-stream', structured: 'openai:chat-reasoning', reasoning: 'openai:chat-reasoning' } as const
const likeOpenAI = { ...chats, embeddings: 'openai:embeddings' } as const

const rows: Readonly<Partial<Record<ProviderName, Row>>> = {
  openai: { ...likeOpenAI, model: 'gpt-4o-mini', thinker: 'o4-mini', embedder: 'text-embedding-3-small' },
  azure: { ...likeOpenAI, model: 'gpt-4o-mini', thinker: 'o4-mini', embedder: 'text-embedding-3-small', plain: 'chat', streamed: 'chat-stream', embeddings: 'embeddings' },
  anthropic: { model: 'claude-haiku-4-5', thinker: 'claude-sonnet-4-5', plain: 'chat', streamed: 'chat-stream', tools: 'chat-tool-results', toolsStreamed: 'chat-tools-stream', structured: 'chat-structured', reasoning: 'chat-reasoning-adaptive' },
  gemini: { model: 'gemini-2.5-flash', thinker: 'gemini-2.5-flash', embedder: 'gemini-embedding-001', plain: 'chat', streamed: 'chat-stream', tools: 'tools-parallel', toolsStreamed: 'tools-stream', structured: 'structured', reasoning: 'reasoning', embeddings: 'embeddings' },
  bedrock: { model: 'us.amazon.nova-lite-v1:0', thinker: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', embedder: 'amazon.titan-embed-text-v2:0', plain: 'chat', streamed: 'chat-stream', tools: 'tools-required', toolsStreamed: 'tools-stream', structured: 'schema-native', reasoning: 'reasoning', embeddings: 'embeddings-titan-v2' },
  groq: { ...chats, model: 'llama-3.3-70b-versatile', thinker: 'qwen/qwen3-32b', reasoning: 'groq-reasoning' },
  mistral: { ...likeOpenAI, model: 'mistral-small-latest', thinker: 'magistral-medium-latest', embedder: 'mistral-embed' },
  perplexity: { model: 'sonar', thinker: 'sonar-reasoning', plain: 'openai:chat', streamed: 'perplexity-stream', structured: 'openai:chat-reasoning', reasoning: 'openai:chat-reasoning' },
}
const providers = (Object.keys(rows) as ProviderName[]).map((name) => ({ name, row: rows[name]! }))

let stand: Stand
beforeAll(async () => void (stand = await openStand()))
afterAll(async () => stand[Symbol.asyncDispose]())
beforeEach(() => void stand.upstream.reset())

const weather = { type: 'function', function: { name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false } } } as const
const asked = [{ role: 'user', content: 'Weather in Paris and Rome?' }] as const

describe.each(providers)('$name', ({ name, row }) => {
  const model = `${name}/${row.model}`
  const thinker = `${name}/${row.thinker}`
  const sent = (): string => stand.upstream.requests[0]!.text
  const recorded = (which: string): Recording => {
    const [file, folder] = which.split(':').toReversed()
    return recordingsOf((folder ?? name) as ProviderName).find((recording) => recording.name === file)!
  }
  const answering = (which: string): Recording => {
    const recording = recorded(which)
    stand.upstream.otherwise(answer.recording(recording))
    return recording
  }
  /** What the recording says that a client sees. */
  const told = ({ output, expect: expected }: Recording): object => {
    const { kind: _kind, tools, toolCalls = tools, ...rest } = expected ?? {}
    const seen = output === undefined ? {} : Array.isArray(output) ? seenOfChunks(output) : seenOfOutput(output)
    return { ...seen, ...rest, ...(toolCalls && { toolCalls }) }
  }

  it('chat', async () => {
    const recording = answering(row.plain)
    const reply = await stand.client.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...asked] })
    expect(seenOfOutput(reply)).toMatchObject(told(recording))
    expect(reply).toMatchObject({ model, object: 'chat.completion', id: expect.any(String) as string, created: expect.any(Number) as number })
    expect(sent()).toContain('Weather in Paris and Rome?')
    expect(reply.usage!.total_tokens).toBe(reply.usage!.prompt_tokens + reply.usage!.completion_tokens)
  })

  it('a streamed chat, without usage unless asked', async () => {
    const recording = answering(row.streamed)
    const expected = told(recording) as { promptTokens?: number }
    const chunks: OpenAI.ChatCompletionChunk[] = []
    for await (const chunk of await stand.client.chat.completions.create({ model, messages: [...asked], stream: true })) chunks.push(chunk)
    expect(seenOfChunks(chunks)).toMatchObject({ ...expected, promptTokens: undefined, completionTokens: undefined })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    const counted = await chunksOf(stand.client, { model, messages: [...asked] })
    expect(seenOfChunks(counted)).toMatchObject(expected)
    // OpenAI tells usage once, in a last chunk of its own.
    expect(counted.filter(({ usage }) => usage).map(({ choices }) => choices)).toEqual([[]])
    expect(counted.at(-1)!.usage).toBeTruthy()
  })

  it('a streamed chat through the client\'s own accumulator', async () => {
    const recording = answering(row.streamed)
    const stream = stand.client.chat.completions.stream({ model, messages: [...asked], stream_options: { include_usage: true } })
    const { text } = told(recording) as { text: string }
    expect((await stream.finalChatCompletion()).choices[0]!.message.content).toBe(text)
    expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(0)
  })

  it.runIf(row.tools)('tools, several at once, and their results sent back', async () => {
    const recording = answering(row.tools!)
    const reply = await stand.client.chat.completions.create({ model, messages: [...asked], tools: [weather] })
    expect(seenOfOutput(reply)).toMatchObject(told(recording))
    expect(sent()).toContain('get_weather')
    const { message, finish_reason } = reply.choices[0]!
    expect(finish_reason).toBe('tool_calls')
    expect(new Set(message.tool_calls!.map(({ id }) => id)).size).toBe(message.tool_calls!.length)

    stand.upstream.reset()
    const last = answering(row.plain)
    const results = message.tool_calls!.map(({ id }, i) => ({ role: 'tool' as const, tool_call_id: id, content: `${18 + i} C` }))
    const next = await stand.client.chat.completions.create({ model, messages: [...asked, message, ...results], tools: [weather] })
    expect(seenOfOutput(next)).toMatchObject(told(last))
    results.forEach(({ content }) => expect(sent()).toContain(content))
    expect(sent()).toContain('Paris')
  })

  it.runIf(row.tools)('tools in a stream, in pieces that the client can join', async () => {
    const recording = answering(row.toolsStreamed!)
    const stream = stand.client.chat.completions.stream({ model, messages: [...asked], tools: (recording.input?.['tools'] ?? [weather]) as OpenAI.ChatCompletionTool[] })
    const reply = await stream.finalChatCompletion()
    expect(seenOfOutput(reply)).toMatchObject({ toolCalls: (told(recording) as { toolCalls: unknown }).toolCalls, finish: 'tool_calls' })
    for (const call of reply.choices[0]!.message.tool_calls!) expect(call).toMatchObject({ type: 'function', id: expect.stringMatching(/./) as string })
  })

  it.runIf(!row.tools)('tools are refused by name', async () => {
    const error: unknown = await stand.client.chat.completions.create({ model, messages: [...asked], tools: [weather] }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ param: 'tools', code: 'unsupported_parameter' })
    expect(stand.upstream.requests).toHaveLength(0)
  })

  it('structured output', async () => {
    const recording = answering(row.structured)
    const schema = { type: 'object', properties: { value: { type: 'integer' } }, required: ['value'], additionalProperties: false }
    const reply = await stand.client.chat.completions.parse({ model: thinker, messages: [{ role: 'user', content: '17*23?' }], response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } })
    const { text } = told(recording) as { text: string }
    expect(reply.choices[0]!.message.parsed).toEqual(JSON.parse(text))
    expect(sent()).toMatch(/\\?"value\\?"/)
  })

  it('vision', async () => {
    const recording = answering(row.plain)
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } } as const
    const reply = await stand.client.chat.completions.create({ model, messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }] })
    expect(seenOfOutput(reply)).toMatchObject(told(recording))
    expect(sent()).toContain('iVBORw0KGgo=')
  })

  it('reasoning', async () => {
    const recording = answering(row.reasoning)
    const reply = await stand.client.chat.completions.create({ model: thinker, messages: [{ role: 'user', content: '17*23?' }], reasoning_effort: 'low', max_completion_tokens: 8000 })
    expect(seenOfOutput(reply)).toMatchObject(told(recording))
  })

  it.runIf(row.embeddings)('embeddings, as the client asks for them (base64) and as lists', async () => {
    const recording = answering(row.embeddings!)
    const [first] = (recording.output as OpenAI.CreateEmbeddingResponse).data
    const input = { model: `${name}/${row.embedder}`, input: 'a' }
    for (const encoding_format of [undefined, 'float'] as const) {
      const reply = await stand.client.embeddings.create({ ...input, ...(encoding_format && { encoding_format }) })
      const numbers = [...reply.data[0]!.embedding]
      expect(numbers).toHaveLength(first!.embedding.length)
      numbers.forEach((number, i) => expect(number).toBeCloseTo(first!.embedding[i]!, 5))
      expect(reply.model).toBe(input.model)
    }
  })

  it.runIf(!row.embeddings)('embeddings are refused, saying why', async () => {
    const error: unknown = await stand.client.embeddings.create({ model, input: 'a' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ code: 'unsupported_operation', message: expect.stringContaining('embeddings') as string })
    expect(stand.upstream.requests).toHaveLength(0)
  })

  it('its models, by list and by name', async () => {
    const retrieved = await stand.client.models.retrieve(model)
    expect(retrieved).toMatchObject({ id: model, object: 'model', owned_by: 'tianjillm', created: expect.any(Number) as number })
    const listed = []
    for await (const entry of stand.client.models.list()) listed.push(entry.id)
    expect(listed).toContain(`${name}/*`)
  })
})
