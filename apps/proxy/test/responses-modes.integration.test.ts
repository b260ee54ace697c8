import { answer, loadRecordingsAbove, type Recording } from '@tianjillm/test-kit'
import type OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStand, recordingsOf, type Stand } from './all-providers.ts'

let bytes: Stand
let events: Stand
beforeAll(async () => {
  const withSink = (url: string): object => ({ litellm_settings: { callbacks: ['webhook'] }, callback_settings: { webhook: { url: `${url}/sink`, flush_interval: 0.1 } } })
  ;[bytes, events] = await Promise.all([openStand(), openStand(withSink)])
})
afterAll(async () => {
  await Promise.all([bytes, events].map((stand) => stand[Symbol.asyncDispose]()))
})
beforeEach(() => [bytes, events].forEach(({ upstream }) => upstream.reset().on('/sink', answer.json({}))))

describe('responses passed on as bytes, and read for a sink, are the same to a client', () => {
  // One was recorded with an event without data, which the client does not read.
  const shared = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/openai').filter(({ name, request, response }) => request?.url?.endsWith('/responses') && response.status === 200 && !/error|parallel-tool-call-wrapper/.test(name))
  const cases = [...recordingsOf('openai').filter(({ operation }) => operation === 'responses'), ...shared].map((recording) => ({ name: recording.name, recording }))
  const rawId = (recording: Recording): string => /"id":\s*"(resp_\w+)"/.exec(recording.response.raw ?? JSON.stringify(recording.response.body))![1]!

  const used: [number, number][] = []

  /** What a client sees, with a word in place of ids of the gateway, which name the deployment. */
  async function ask({ upstream, client }: Stand, recording: Recording): Promise<{ seen: unknown; ids: Set<string>; text: string }> {
    upstream.otherwise(answer.recording(recording))
    const body = { model: 'openai/gpt-4.1', input: 'hi' } as const
    const parts: unknown[] = []
    if (recording.stream) for await (const event of await client.responses.create({ ...body, stream: true })) parts.push(event)
    else parts.push(await client.responses.create(body))
    const text = JSON.stringify(parts)
    const ids = new Set(text.match(/resp_[\w-]{60,}/g))
    return { seen: JSON.parse(text.replaceAll(/resp_[\w-]{60,}/g, 'OWNED')), ids, text }
  }

  it.each(cases)('$name', async ({ recording }) => {
    const [passed, read] = [await ask(bytes, recording), await ask(events, recording)]
    expect(read.seen).toEqual(passed.seen)
    for (const { ids, text } of [passed, read]) {
      expect(ids.size).toBe(1)
      expect(text).not.toContain(rawId(recording))
    }
    const whole = (passed.seen as (OpenAI.Responses.Response & { response?: OpenAI.Responses.Response })[]).at(-1)!
    const { usage, model } = whole.response ?? whole
    expect(model).toBe('openai/gpt-4.1')
    used.push([usage!.input_tokens, usage!.output_tokens])
  })

  it('and their tokens are counted as the upstream says', async () => {
    expect(used.length).toBeGreaterThan(2)
    for (const { proxy } of [bytes, events]) {
      for (const [input, output] of used) expect(await proxy.logged((line) => line['route'] === 'responses' && line['tokens_in'] === input && line['tokens_out'] === output)).toMatchObject({ status: 200 })
    }
  })
})
