import assert from 'node:assert/strict'
import { type CallRecord, createRegistry } from '@tianjillm/core'
import { answer, type CallbackStage as Stage, describeCallback, type FakeUpstream, finishedCall as call, never, openCallbackStage as openStage, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metricsRequest, tracesRequest } from './__fixtures__/otlp-schema.ts'
import { plain } from './__fixtures__/read.ts'
import type { HistogramPoint, KeyValue, Metric, Span } from './otlp.ts'
import { opentelemetryPlugin } from './plugin.ts'
import { toSpan } from './span.ts'

function withoutText({ text: _text, ...record }: CallRecord): CallRecord {
  return record
}

const spansIn = ({ json }: { json: unknown }): Span[] => (v.parse(tracesRequest, json) as Traces).resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans))

/** OTLP lists the statuses that may be retried, and 500 is not among them. Our own test goes through that list. */
const skip = { 'what may be retried is retried, and arrives once': 'OTLP forbids a retry of 500' }

describeCallback({
  plugin: opentelemetryPlugin,
  config: { headers: { authorization: `Bearer ${TEST_SECRET}` } },
  decode: spansIn,
  expected: (record, requests) => assert.deepEqual(requests.flatMap(spansIn), [JSON.parse(JSON.stringify(toSpan(withoutText(record))))]),
  skip,
})
describeCallback({ plugin: opentelemetryPlugin, config: { capture_messages: true }, decode: spansIn, skip })

let stage: Stage
let target: FakeUpstream
beforeEach(async () => {
  stage = await openStage()
  target = stage.target
})
afterEach(() => stage[Symbol.asyncDispose]())

async function setUp(config: object = {}) {
  const { host } = stage
  const callback = await opentelemetryPlugin.create(v.parse(opentelemetryPlugin.config as never, { endpoint: target.url, ...config }), host)
  return { host, callback }
}

interface Traces { resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { scope: { name: string; version: string }; spans: Span[] }[] }[] }
interface Metrics { resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[] }

/** Bodies posted to a path, each checked against the protocol. */
const bodies = <T>(path: string, schema: v.GenericSchema): T[] => target.requests.filter((request) => request.path === path).map(({ json }) => v.parse(schema, json) as T)
const spans = (): Span[] => bodies<Traces>('/v1/traces', tracesRequest).flatMap((body) => body.resourceSpans[0]?.scopeSpans[0]?.spans ?? [])
const points = (index: number, name: string): readonly HistogramPoint[] => metrics(index).find((metric) => metric.name === name)?.histogram.dataPoints ?? []
const metrics = (index: number): Metric[] => bodies<Metrics>('/v1/metrics', metricsRequest)[index]?.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? []

describe('opentelemetryPlugin', () => {
  it('can be registered under both of its names', () => {
    const registry = createRegistry()
    registry.register(opentelemetryPlugin)
    expect(registry.get('callback', 'otel')).toBe(opentelemetryPlugin)
  })

  it('posts spans with resource, scope and the operator\'s headers', async () => {
    const { callback } = await setUp({ headers: { 'X-Key': 'k' }, service_name: 'gate', resource_attributes: { 'service.name': 'other', 'deployment.environment': 'prod' } })
    callback.record(call())
    callback.record(call({ model: 'claude' }))
    await callback.close(never)
    expect(target.requests[0]).toMatchObject({ method: 'POST', path: '/v1/traces', headers: { 'content-type': 'application/json', 'x-key': 'k' } })
    const [body] = bodies<Traces>('/v1/traces', tracesRequest)
    expect(plain(body?.resourceSpans[0]?.resource.attributes)).toEqual({ 'service.name': 'gate', 'deployment.environment': 'prod' })
    expect(body?.resourceSpans[0]?.scopeSpans[0]?.scope).toEqual({ name: '@tianjillm/callbacks-opentelemetry', version: opentelemetryPlugin.version })
    expect(spans().map(({ name }) => name)).toEqual(['chat gpt-5', 'chat claude'])
    expect(callback.stats()).toEqual({ queued: 0, sent: 2, dropped: 0 })
  })

  it('records texts only when told to, even if the record has them', async () => {
    const text = { request: { messages: [{ role: 'user', content: 'private words' }] } }
    for (const capture_messages of [false, true]) {
      const { callback } = await setUp({ capture_messages })
      expect(callback.needs).toEqual({ text: capture_messages })
      callback.record(call({ text }))
      await callback.close(never)
    }
    expect(target.requests.map(({ text }) => text.includes('private words'))).toEqual([false, true])
  })

  it('takes a partial success as final, and counts and logs what was rejected', async () => {
    const { callback, host } = await setUp()
    target.next(answer.bytes('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"span too old"}}'))
    callback.record(call())
    callback.record(call())
    await callback.close(never)
    expect(target.requests).toHaveLength(1)
    expect(callback.stats()).toEqual({ queued: 0, sent: 1, dropped: 1 })
    expect(host.entries[0]).toMatchObject({ level: 'warn', fields: { refused: 1, reason: 'span too old' } })
  })

  it.each(['', '{}', 'null', '{"partialSuccess":null}', '\u0000\u0001', '{"partialSuccess":{"rejectedSpans":"x"}}'])('takes 200 with body %j as success', async (body) => {
    const { callback, host } = await setUp()
    target.next(answer.bytes(body))
    callback.record(call())
    await callback.close(never)
    expect(callback.stats()).toEqual({ queued: 0, sent: 1, dropped: 0 })
    expect(host.entries).toEqual([])
  })

  it.each([[429, 2], [502, 2], [503, 2], [504, 2], [500, 1], [408, 1], [400, 1]])('after %i posts %i times, as OTLP has it', async (status, count) => {
    const { callback, host } = await setUp({ batch_size: 1 })
    target.next(answer.error(status))
    callback.record(call())
    while (callback.stats().queued > 0) await host.clock.advanceAsync(1000)
    await callback.close(never)
    expect(target.requests).toHaveLength(count)
  })

  it('posts the same span ids on a retry', async () => {
    const { callback, host } = await setUp({ batch_size: 1 })
    target.next(answer.error(503))
    callback.record(call())
    while (target.requests.length < 2) await host.clock.advanceAsync(1000)
    await callback.close(never)
    const [first, second] = spans()
    expect(second).toEqual(first)
  })

  it('exports metrics as totals since the start', async () => {
    const { callback } = await setUp({ traces: false, metrics: true })
    callback.record(call())
    await callback.flush(never)
    callback.record(call())
    callback.record(call({ status: 'failure', error: { code: 'upstream_error', status: 500, message: 'm' } }))
    await callback.close(never)
    expect(target.requests.map(({ path }) => path)).toEqual(['/v1/metrics', '/v1/metrics'])
    const duration = 'gen_ai.client.operation.duration'
    expect(points(0, duration).map(({ count, sum }) => [count, sum])).toEqual([['1', 1.5]])
    expect(points(1, duration).map(({ count, attributes }) => [count, plain(attributes)['error.type']])).toEqual([['2', undefined], ['1', 'upstream_error']])
    expect(points(1, duration)[0]?.startTimeUnixNano).toBe(points(0, duration)[0]?.startTimeUnixNano)
    expect(metrics(0).map(({ name, unit, histogram }) => [name, unit, histogram.aggregationTemporality])).toEqual([[duration, 's', 2], ['gen_ai.client.token.usage', '{token}', 2]])
  })

  it('loses no totals with an export that failed', async () => {
    const { callback } = await setUp({ traces: false, metrics: true })
    target.next(answer.error(400))
    callback.record(call())
    await callback.flush(never)
    callback.record(call())
    await callback.close(never)
    expect(points(1, 'gen_ai.client.operation.duration')[0]?.count).toBe('2')
  })

  it('exports metrics as deltas, each from where the last one ended', async () => {
    const { callback, host } = await setUp({ traces: false, metrics: true, temporality: 'delta' })
    callback.record(call())
    await host.clock.advanceAsync(10)
    await callback.flush(never)
    callback.record(call())
    await host.clock.advanceAsync(10)
    await callback.close(never)
    const [first, second] = [0, 1].map((index) => points(index, 'gen_ai.client.operation.duration')[0])
    expect([first?.count, second?.count]).toEqual(['1', '1'])
    expect(second?.startTimeUnixNano).toBe(first?.timeUnixNano)
    expect(BigInt(second?.timeUnixNano ?? 0) - BigInt(second?.startTimeUnixNano ?? 0)).toBe(10_000_000n)
    expect(metrics(0)[0]?.histogram.aggregationTemporality).toBe(1)
  })

  it('exports both signals side by side', async () => {
    const { callback } = await setUp({ metrics: true })
    callback.record(call())
    await callback.close(never)
    expect(target.requests.map(({ path }) => path).toSorted()).toEqual(['/v1/metrics', '/v1/traces'])
    expect(callback.stats()).toEqual({ queued: 0, sent: 1, dropped: 0 })
  })
})
