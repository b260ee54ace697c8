import assert from 'node:assert/strict'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { post, type PostOptions } from './__fixtures__/post.ts'
import { callbackChecks, type CallbackSuite } from './checks.ts'
import { describeCallback } from './describe-callback.ts'

const config = (url: string) => ({ url: `${url}/in`, api_key: TEST_SECRET })
const suite = (options: PostOptions = {}, more: Partial<CallbackSuite> = {}): CallbackSuite => ({ plugin: post(options), config, overflow: 1500, ...more })

describeCallback(suite())
describeCallback(suite({}, {
  decode: (request) => request.json as unknown[],
  expected: (record, requests) => assert.deepEqual(requests.map((request) => (request.json as { id: string }[])[0]?.id), [record.id]),
}))

/** Only the checks that matter to a bug: the others would take their time. */
const only = (checks: ReturnType<typeof callbackChecks>, ...names: string[]) => checks.filter(({ name }) => names.some((wanted) => name.startsWith(wanted)))

describe('describeCallback catches', () => {
  it.each<[string, PostOptions, string, string]>([
    ['a record that throws when the queue is full', { change: (sink) => ({ record(call) { if (sink.stats().queued > 10) throw new Error('full'); sink.record(call) } }) }, 'record returns at once and never throws: 500', 'throws'],
    ['a request for each record', { batch: 1 }, 'records travel in batches', '50 requests'],
    ['a record sent twice', { change: (sink) => ({ record(call) { sink.record(call); sink.record(call) } }) }, 'flush delivers', ''],
    ['no retry', { attempts: 1 }, 'what may be retried', ''],
    ['a retry of a refused key', { retries: () => true }, 'what may not be retried is dropped and counted: 401', 'tried 5 times'],
    ['endless retries', { attempts: 1e6 }, 'retries have an end', ''],
    ['a queue without bound', { limit: Infinity }, 'the queue is bounded', 'none was dropped'],
    ['losses that are not counted', { change: (sink) => ({ stats: () => ({ ...sink.stats(), dropped: 0 }) }) }, 'what may not be retried is dropped and counted: 400', ''],
    ['a close that forgets the rest', { change: () => ({ close: async () => {} }) }, 'close delivers', ''],
    ['a flush that ignores its signal', { change: (sink) => ({ flush: () => sink.flush(new AbortController().signal) }) }, 'flush gives up', 'Nothing settled'],
    ['a timer left by close', { change: (sink, _config, host) => ({ async close(signal) { await sink.close(signal); host.clock.after(1, () => {}) } }) }, 'close delivers', 'timers'],
    ['texts that nobody needs', { body: (records) => records }, 'texts are sent', 'text was sent'],
    ['a key in the body', { body: (records, { api_key }) => ({ records, api_key }) }, 'flush delivers', 'a body'],
    ['a key in the log', { change: (sink, read, host) => ({ record(call) { host.log.debug({ read }, 'x'); sink.record(call) } }) }, 'flush delivers', 'the log'],
    ['records that wait for a flush', { change: (sink) => { const held: Parameters<typeof sink.record>[0][] = []; return { record: (call) => void held.push(call), async flush(signal) { for (const call of held.splice(0)) sink.record(call); await sink.flush(signal) } } } }, 'records are delivered without', 'Nothing settled'],
  ])('%s', async (_, options, name, message) => {
    const failed = await failures(only(callbackChecks(suite(options, { patienceMs: 600 })), name))
    expect([...failed.keys()].some((key) => key.startsWith(name))).toBe(true)
    expect([...failed.values()].join()).toContain(message)
  }, 20_000)

  it('a payload that is not the expected one', async () => {
    const failed = await failures(only(callbackChecks(suite({}, { expected: () => assert.fail('not so') })), 'payload'))
    expect(failed.size).toBe(9)
  })
})
