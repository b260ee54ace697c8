import { type CallRecord, usage } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { finishedCall as call } from '@tianjillm/test-kit'
import { tracesRequest } from './__fixtures__/otlp-schema.ts'
import { plain } from './__fixtures__/read.ts'
import type { Span } from './otlp.ts'
import { toSpan } from './span.ts'

/** The span, checked against the protocol. */
function spanOf(record: CallRecord): Span {
  const span = toSpan(record)
  if (!span) throw new Error('no span')
  v.parse(tracesRequest, { resourceSpans: [{ scopeSpans: [{ spans: [JSON.parse(JSON.stringify(span))] }] }] })
  return span
}

const attributesOf = (record: CallRecord): Record<string, unknown> => plain(spanOf(record).attributes)

const bare = (parts: Partial<CallRecord> = {}): CallRecord => {
  const { deployment: _d, usage: _u, costNanoUsd: _c, ...rest } = call(parts)
  return { ...rest, caller: {} }
}

describe('toSpan', () => {
  it('maps a successful call', () => {
    const span = spanOf(call({ id: 'c1', tags: ['prod'], metadata: { session: 's', depth: 2, api_key: 'hush', list: [1] } }))
    expect({ ...span, attributes: plain(span.attributes) }).toEqual({
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      flags: 0x101,
      name: 'chat gpt-5',
      kind: 3,
      startTimeUnixNano: '1767323045250000000',
      endTimeUnixNano: '1767323046750000000',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'gpt-5',
        'gen_ai.response.model': 'gpt-5-2026-01-01',
        'gen_ai.usage.input_tokens': 14,
        'gen_ai.usage.output_tokens': 8,
        'gen_ai.usage.cache_read.input_tokens': 4,
        'gen_ai.usage.reasoning.output_tokens': 2,
        'server.address': 'api.openai.com',
        'server.port': 443,
        'tianjillm.call.id': 'c1',
        'tianjillm.status': 'success',
        'tianjillm.cache_hit': false,
        'tianjillm.attempts': 1,
        'tianjillm.cost_usd': { double: 0.0012345 },
        'tianjillm.deployment.id': 'dep-1',
        'tianjillm.deployment.model': 'gpt-5-2026-01-01',
        'tianjillm.key.alias': 'ci',
        'tianjillm.key.hash': 'a1b2',
        'tianjillm.user.id': 'user-1',
        'tianjillm.team.id': 'team-1',
        'tianjillm.organization.id': 'org-1',
        'user.id': 'end-1',
        'client.address': '192.0.2.7',
        'tianjillm.tags': ['prod'],
        'tianjillm.metadata.session': 's',
        'tianjillm.metadata.depth': 2,
        'tianjillm.metadata.api_key': '[secret]',
        'tianjillm.metadata.list': '[1]',
      },
    })
  })

  it('maps a failure with its error code and an error status', () => {
    const record = call({ status: 'failure', attempts: 3, error: { code: 'upstream_overloaded', status: 503, message: 'The provider is down.' } })
    expect(spanOf(record).status).toEqual({ code: 2, message: 'The provider is down.' })
    expect(attributesOf(record)).toMatchObject({ 'error.type': 'upstream_overloaded', 'tianjillm.attempts': 3, 'tianjillm.status': 'failure' })
  })

  it('maps a stream with the seconds to its first chunk', () => {
    const record = call({ stream: true })
    expect(attributesOf({ ...record, firstByteAt: record.startedAt + 250 })).toMatchObject({ 'gen_ai.request.stream': true, 'gen_ai.response.time_to_first_chunk': { double: 0.25 } })
    expect(attributesOf(call({ firstByteAt: record.startedAt + 250 }))).not.toHaveProperty('gen_ai.response.time_to_first_chunk')
  })

  it('maps a blocked call, which reached no model', () => {
    const record = bare({ status: 'blocked', error: { code: 'guardrail_blocked', status: 400, message: 'Refused by pii.' }, guardrails: [{ name: 'pii', on: 'input', outcome: 'flag', durationMs: 3 }] })
    expect(attributesOf(record)).toEqual({
      'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'tianjillm', 'gen_ai.system': 'tianjillm', 'gen_ai.request.model': 'gpt-5',
      'error.type': 'guardrail_blocked', 'tianjillm.call.id': record.id, 'tianjillm.status': 'blocked', 'tianjillm.cache_hit': false, 'tianjillm.attempts': 1,
      'tianjillm.guardrails': ['pii:input:flag'],
    })
  })

  it('maps a cached answer', () => {
    expect(attributesOf(bare({ cacheHit: true }))).toMatchObject({ 'tianjillm.cache_hit': true, 'gen_ai.provider.name': 'tianjillm' })
  })

  it('maps a cancelled call without an error', () => {
    expect(spanOf(bare({ status: 'cancelled' })).status).toBeUndefined()
  })

  it.each([
    ['embeddings', 'embeddings gpt-5', undefined], ['completions', 'text_completion gpt-5', undefined], ['responses', 'chat gpt-5', undefined],
    ['images', 'generate_content gpt-5', 'image'], ['speech', 'generate_content gpt-5', 'speech'], ['rerank', 'rerank gpt-5', undefined],
  ] as const)('names %s', (operation, name, type) => {
    const span = spanOf(call({ operation }))
    expect([span.name, plain(span.attributes)['gen_ai.output.type']]).toEqual([name, type])
  })

  it.each([['bedrock', 'aws.bedrock'], ['azure', 'azure.ai.openai'], ['gemini', 'gcp.gemini'], ['xai', 'x_ai'], ['anthropic', 'anthropic'], ['acme', 'acme']])('calls provider %s %s', (provider, name) => {
    expect(attributesOf(call({ deployment: { id: 'd', provider, model: 'm', apiBase: 'http://10.0.0.1:8080/v1' } }))).toMatchObject({ 'gen_ai.provider.name': name, 'server.address': '10.0.0.1', 'server.port': 8080 })
  })

  it('does not end before it starts when the wall clock was set back', () => {
    const record = call()
    const span = spanOf({ ...record, endedAt: record.startedAt - 5000 })
    expect(span.endTimeUnixNano).toBe(span.startTimeUnixNano)
  })

  it('writes metadata of any type as valid OTLP', () => {
    expect(attributesOf(call({ metadata: { nan: Number.NaN, half: 0.5, big: 2 ** 60, yes: true, none: null, deep: { a: [1, { b: 2 }] }, n: 10n } }))).toMatchObject({
      'tianjillm.metadata.nan': 'NaN', 'tianjillm.metadata.half': { double: 0.5 }, 'tianjillm.metadata.big': { double: 2 ** 60 },
      'tianjillm.metadata.yes': true, 'tianjillm.metadata.deep': '{"a":[1,{"b":2}]}', 'tianjillm.metadata.n': '10',
    })
  })

  it('keeps fractions of a millisecond', () => {
    expect(spanOf(call({ startedAt: 1767323045250.5, endedAt: 1767323045251.25 }))).toMatchObject({ startTimeUnixNano: '1767323045250500000', endTimeUnixNano: '1767323045251250000' })
  })

  describe('with text', () => {
    const request = {
      model: 'gpt-5', max_tokens: 50, temperature: 1, top_p: 0.5, n: 2, seed: 7, stop: 'END',
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Weather in Paris?' }],
      tools: [{ type: 'function', function: { name: 'weather', description: 'long', parameters: {} } }],
    }
    const response = { id: 'chatcmpl-1', model: 'gpt-5-snapshot', choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: [{ id: 't1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }] } }] }

    it('records messages, tools and parameters', () => {
      const attributes = attributesOf(call({ text: { request, response } }))
      expect(attributes).toMatchObject({
        'gen_ai.request.max_tokens': 50, 'gen_ai.request.temperature': { double: 1 }, 'gen_ai.request.top_p': { double: 0.5 },
        'gen_ai.request.choice.count': 2, 'gen_ai.request.seed': 7, 'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.response.id': 'chatcmpl-1', 'gen_ai.response.model': 'gpt-5-snapshot', 'gen_ai.response.finish_reasons': ['tool_call'],
      })
      const json = (key: string): unknown => JSON.parse(attributes[key] as string)
      expect(json('gen_ai.input.messages')).toEqual([{ role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] }, { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] }])
      expect(json('gen_ai.output.messages')).toEqual([{ role: 'assistant', parts: [{ type: 'tool_call', id: 't1', name: 'weather', arguments: { city: 'Paris' } }], finish_reason: 'tool_call' }])
      expect(json('gen_ai.tool.definitions')).toEqual([{ type: 'function', name: 'weather' }])
    })

    it('keeps the deployment\'s model when the answer does not name one', () => {
      expect(attributesOf(call({ text: { request } }))).toMatchObject({ 'gen_ai.response.model': 'gpt-5-2026-01-01' })
    })

    it.each([[null], ['text'], [{ messages: 'no list', tools: 3, stop: [1], n: 'x' }], [{ messages: [null, 4, { role: 'user', content: null }] }]])('copes with a request like %j', (odd) => {
      expect(() => spanOf(call({ text: { request: odd, response: odd } }))).not.toThrow()
    })

    it('copes with an embedding answer', () => {
      const attributes = attributesOf(call({ operation: 'embeddings', usage: usage({ input: 3 }), text: { request: { input: 'a', dimensions: 256 }, response: { object: 'list', model: 'e', data: [{ embedding: [0.1] }] } } }))
      expect(attributes).toMatchObject({ 'gen_ai.embeddings.dimension.count': 256, 'gen_ai.usage.input_tokens': 3, 'gen_ai.usage.output_tokens': 0 })
      expect(attributes).not.toHaveProperty('gen_ai.output.messages')
    })
  })
})

describe('the trace', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

  it('is the caller\'s when the record carries a traceparent', () => {
    const span = spanOf(call({ metadata: { traceparent, tracestate: 'vendor=1' } }))
    expect(span).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', parentSpanId: '00f067aa0ba902b7', traceState: 'vendor=1', flags: 0x301 })
    expect(plain(span.attributes)).not.toHaveProperty('tianjillm.metadata.traceparent')
  })

  it('is not exported when the caller does not record it', () => {
    expect(toSpan(call({ metadata: { traceparent: traceparent.replace(/01$/, '00') } }))).toBeUndefined()
  })

  it.each([
    ['garbage'], [7], ['00-00000000000000000000000000000000-00f067aa0ba902b7-01'], ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01'],
    [`${traceparent}-extra`], [traceparent.replace(/^00/, 'ff')], [traceparent.toUpperCase()],
  ])('is its own when the traceparent is %j', (header) => {
    const span = spanOf(call({ metadata: { traceparent: header } }))
    expect(span).not.toHaveProperty('parentSpanId')
    expect(span.traceId).not.toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  })

  it('accepts a later version with more fields', () => {
    expect(spanOf(call({ metadata: { traceparent: `${traceparent.replace(/^00/, '01')}-more` } })).parentSpanId).toBe('00f067aa0ba902b7')
  })

  it('and the span have the same ids each time a record is mapped, and others for another record', () => {
    const [a, again, b] = ['a', 'a', 'b'].map((id) => spanOf(call({ id })))
    expect([again?.traceId, again?.spanId]).toEqual([a?.traceId, a?.spanId])
    expect(b?.traceId).not.toBe(a?.traceId)
    expect(b?.spanId).not.toBe(a?.spanId)
  })
})
