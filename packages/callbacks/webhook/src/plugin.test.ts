import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createRegistry } from '@tianjillm/core'
import { answer, type CallbackStage as Stage, describeCallback, type FakeUpstream, finishedCall as call, never, openCallbackStage as openStage, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CallPayload, mapRecord } from './map-record.ts'
import { webhookPlugin } from './plugin.ts'

const entries = ({ json }: { json: unknown }): CallPayload[] => json as CallPayload[]

describeCallback({
  plugin: webhookPlugin,
  config: (url: string) => ({ url: `${url}/calls`, headers: { authorization: `Bearer ${TEST_SECRET}` }, secret: TEST_SECRET }),
  decode: entries,
  expected: (record, requests) => assert.deepEqual(requests.flatMap(entries), [JSON.parse(JSON.stringify(mapRecord(record)))]),
})
describeCallback({
  plugin: webhookPlugin,
  config: (url: string) => ({ url, format: 'ndjson', turn_off_message_logging: true }),
  decode: ({ text }) => text.split('\n'),
})
describeCallback({
  plugin: webhookPlugin,
  config: (url: string) => ({ url, format: 'single' }),
  decode: ({ json }) => [json],
  batches: false,
  skip: { 'record returns at once and never throws': 'the sink is the one tested above; ninety records, each a request with its retries, take seconds' },
})

let stage: Stage
let target: FakeUpstream
beforeEach(async () => {
  stage = await openStage()
  target = stage.target
})
afterEach(() => stage[Symbol.asyncDispose]())

async function setUp(config: object = {}) {
  const { host } = stage
  const callback = await webhookPlugin.create(v.parse(webhookPlugin.config as never, { url: `${target.url}/calls`, ...config }), host)
  return { host, callback }
}

const payloads = (index = 0): { id: string }[] => JSON.parse(target.requests[index]?.text ?? '') as { id: string }[]

describe('webhookPlugin', () => {
  it('can be registered under both of its names', () => {
    const registry = createRegistry()
    registry.register(webhookPlugin)
    expect(registry.get('callback', 'generic_api')).toBe(webhookPlugin)
  })

  it('posts a batch as a JSON array with the operator\'s headers', async () => {
    const { callback } = await setUp({ headers: { 'X-Api-Key': 'k' }, batch_size: 2 })
    callback.record(call({ id: 'a' }))
    callback.record(call({ id: 'b' }))
    await target.request(0)
    expect(target.requests[0]).toMatchObject({ method: 'POST', path: '/calls', headers: { 'content-type': 'application/json', 'x-api-key': 'k' } })
    expect(payloads().map(({ id }) => id)).toEqual(['a', 'b'])
    await callback.close(never)
    expect(callback.stats()).toEqual({ queued: 0, sent: 2, dropped: 0 })
  })

  it('posts what is there after flush_interval seconds', async () => {
    const { callback, host } = await setUp({ flush_interval: 2 })
    callback.record(call({ id: 'a' }))
    await host.clock.advanceAsync(1999)
    expect(target.requests).toHaveLength(0)
    await host.clock.advanceAsync(1)
    await target.request(0)
    await callback.close(never)
  })

  it('posts one JSON object a line as ndjson', async () => {
    const { callback } = await setUp({ format: 'ndjson' })
    callback.record(call({ id: 'a', text: { request: 'line\nbreak' } }))
    callback.record(call({ id: 'b' }))
    await callback.close(never)
    expect(target.requests[0]?.headers['content-type']).toBe('application/x-ndjson')
    expect(target.requests[0]?.text.split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['a', 'b'])
  })

  it('posts one object a request as single', async () => {
    const { callback } = await setUp({ format: 'single' })
    for (const id of ['a', 'b', 'c']) callback.record(call({ id }))
    await callback.close(never)
    expect(target.requests.map(({ json }) => (json as { id: string }).id).toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('signs what it sends: a retry has the same id and a new timestamp', async () => {
    const { callback, host } = await setUp({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', batch_size: 1 })
    target.next(answer.error(503, undefined, { 'retry-after': '30' }))
    callback.record(call({ id: 'a' }))
    while (target.requests.length < 2) await host.clock.advanceAsync(1000)
    const [first, second] = target.requests.map(({ headers, text }) => ({ id: headers['webhook-id'] as string, at: Number(headers['webhook-timestamp']), signature: headers['webhook-signature'], body: text }))
    expect(second?.id).toBe(first?.id)
    expect(second?.at).toBeGreaterThanOrEqual((first?.at ?? 0) + 30)
    for (const sent of [first, second]) {
      const mac = createHmac('sha256', Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')).update(`${sent?.id}.${sent?.at}.${sent?.body}`).digest('base64')
      expect(sent?.signature).toBe(`v1,${mac}`)
    }
    await callback.close(never)
  })

  it.each([[['success'], ['ok']], [['failure'], ['bad', 'gone', 'stopped']]])('with events %j posts %j', async (events, expected) => {
    const { callback } = await setUp({ events })
    callback.record(call({ id: 'ok' }))
    callback.record(call({ id: 'bad', status: 'failure' }))
    callback.record(call({ id: 'gone', status: 'cancelled' }))
    callback.record(call({ id: 'stopped', status: 'blocked' }))
    await callback.close(never)
    expect(payloads().map(({ id }) => id)).toEqual(expected)
  })

  it('sends no texts when message logging is off, even if the record has them', async () => {
    const { callback } = await setUp({ turn_off_message_logging: true })
    expect(callback.needs).toEqual({ text: false })
    callback.record(call({ text: { request: { messages: 'private words' }, response: 'private words' } }))
    await callback.close(never)
    expect(target.requests[0]?.text).not.toContain('private words')
  })

  it('does not retry a refusal, and logs neither body nor credential', async () => {
    const { callback, host } = await setUp({ headers: { authorization: 'Bearer hush' }, batch_size: 1 })
    target.next(answer.error(401, 'who is hush?'))
    callback.record(call({ text: { request: { messages: 'private words' } } }))
    await target.request(0)
    await callback.close(never)
    expect(target.requests).toHaveLength(1)
    expect(callback.stats()).toEqual({ queued: 0, sent: 0, dropped: 1 })
    expect(host.entries).toHaveLength(1)
    expect(JSON.stringify(host.entries)).not.toMatch(/hush|private/)
  })
})
