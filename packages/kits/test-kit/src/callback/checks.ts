import assert from 'node:assert/strict'
import { type Callback, type CallRecord } from '@tianjillm/core'
import { callRecord, callRecords, TEST_SECRET } from '../fakes/builders.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { assertNoSecret, configAt, openStage, settleOn, type Stage } from '../suite/stage.ts'
import { type Answer, answer } from '../upstream/answers.ts'
import type { UpstreamCall } from '../upstream/call.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'

/** What `describeCallback` takes. */
export interface CallbackSuite {
  readonly plugin: AnyPlugin<'callback', Callback>
  /** A valid config that sends to the fake upstream, with {@link TEST_SECRET} as its credential. */
  readonly config: unknown
  /** Judges what was sent for one record (see `callRecords()`): throws when it is not right. */
  readonly expected?: (record: CallRecord, requests: readonly UpstreamCall[]) => void
  /** The entries in a request. Absent: records are looked for by their id in the body's text. */
  readonly decode?: (request: UpstreamCall) => readonly unknown[]
  /** How the target says that it took a batch. Default: 200 and `{}`. */
  readonly accept?: Answer
  /** False for a target that takes one record a request. Default true. */
  readonly batches?: boolean
  /** More records than the queue holds. Default 20,000. */
  readonly overflow?: number
  /** Scripts the fake upstream before each check: token endpoints and the like. */
  readonly setUp?: (upstream: FakeUpstream) => void
  /** What must never be seen in logs and bodies. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Real milliseconds that a check waits for something to settle. Default 5,000. */
  readonly patienceMs?: number
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

type CallbackStage = Stage<Callback> & { settle<T>(promise: Promise<T>): Promise<T> }

const forever = new AbortController().signal

/** The checks of `describeCallback`, to run them without vitest. */
export function callbackChecks(suite: CallbackSuite): Check[] {
  const { plugin, config, decode, expected, batches = true, overflow = 20_000, patienceMs = 5_000, accept = answer.json({}), secrets = [TEST_SECRET] } = suite
  const check = (name: string, body: (stage: CallbackStage) => Promise<void>, target: Answer = accept): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config, setUp: suite.setUp })
      stage.upstream.otherwise(target)
      await body({ ...stage, settle: (promise) => settleOn(stage, promise, patienceMs) })
      assertNoSecret(secrets, stage.host.logText(), 'the log')
      for (const request of stage.upstream.requests) assertNoSecret(secrets, request.text, 'a body')
    },
  })
  const delivered = (requests: readonly UpstreamCall[], records: readonly CallRecord[], when: string): void => {
    if (decode !== undefined) assert.equal(requests.flatMap((request) => decode(request)).length, records.length, `${when}: the number of entries that arrived is wrong.`)
    else for (const { id } of records) assert.equal(requests.filter(({ text }) => text.includes(id)).length, 1, `${when}: a record must arrive once.`)
  }
  const some = (count: number): CallRecord[] => Array.from({ length: count }, () => callRecord())

  return withSkips([
    ...manifestChecks(plugin, configAt(config, 'http://127.0.0.1:9')),
    check('flush delivers what was recorded, once', async ({ instance, upstream, settle }) => {
      const records = some(3)
      for (const record of records) instance.record(record)
      await settle(instance.flush(forever))
      delivered(upstream.requests, records, 'flush')
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 3, dropped: 0 })
    }),
    check('records are delivered without a flush', async ({ instance, upstream, settle }) => {
      const record = callRecord()
      instance.record(record)
      await settle(upstream.request(0))
      delivered(upstream.requests, [record], 'no flush')
    }),
    check('a flush of nothing sends nothing', async ({ instance, upstream, settle }) => {
      await settle(instance.flush(forever))
      assert.equal(upstream.requests.length, 0, 'An empty queue was sent.')
    }),
    ...(batches ? [check('records travel in batches', async ({ instance, upstream, settle }) => {
      const records = some(50)
      for (const record of records) instance.record(record)
      await settle(instance.flush(forever))
      assert.ok(upstream.requests.length < 50, '50 records took 50 requests. Batch them, or say `batches: false`.')
      delivered(upstream.requests, records, 'batch')
    })] : []),
    ...targets.map(([name, target]) => check(`record returns at once and never throws: ${name}`, async ({ instance, settle }) => {
      const stop = new AbortController()
      for (let round = 0; round < 3; round++) {
        for (const record of [...Object.values(callRecords()), ...some(20)]) {
          const start = performance.now()
          assert.doesNotThrow(() => instance.record(record), '`record` throws.')
          assert.ok(performance.now() - start < 100, '`record` takes its time.')
        }
        const flush = instance.flush(stop.signal).catch(() => {})
        if (round === 2) stop.abort()
        if (target !== hang || round === 2) await settle(flush)
      }
    }, target)),
    check('what may be retried is retried, and arrives once', async ({ instance, upstream, settle }) => {
      upstream.next(answer.error(503), answer.error(429, undefined, { 'retry-after': '1' }), answer.reset())
      const record = callRecord()
      instance.record(record)
      await settle(instance.flush(forever))
      // The last attempt is the one that the target took.
      delivered(upstream.requests.slice(-1), [record], 'retry')
      assert.equal(upstream.requests.length, 4, 'A 503, a 429 and a broken connection must each be followed by one more attempt.')
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 1, dropped: 0 })
    }),
    ...[400, 401].map((status) => check(`what may not be retried is dropped and counted: ${status}`, async ({ instance, upstream, settle }) => {
      instance.record(callRecord())
      await settle(instance.flush(forever).catch(() => {}))
      assert.equal(upstream.requests.length, 1, `Status ${status} was tried ${upstream.requests.length} times.`)
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 0, dropped: 1 })
    }, answer.error(status))),
    check('retries have an end', async ({ instance, upstream, settle }) => {
      instance.record(callRecord())
      await settle(instance.flush(forever).catch(() => {}))
      assert.ok(upstream.requests.length > 1 && upstream.requests.length <= 25, `A target that always fails was tried ${upstream.requests.length} times.`)
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 0, dropped: 1 })
    }, answer.error(503)),
    check('the queue is bounded and losses are counted', async ({ instance, settle }) => {
      const stop = new AbortController()
      for (let i = 0; i < overflow; i++) instance.record(callRecord())
      const { queued, sent, dropped } = instance.stats()
      assert.ok(dropped > 0, `${overflow} records are queued and none was dropped. Bound the queue, or raise \`overflow\`.`)
      assert.equal(queued + sent + dropped, overflow, 'Queued, sent and dropped do not add up.')
      stop.abort()
      await settle(instance.close(stop.signal).catch(() => {}))
    }, hang),
    check('flush gives up at its signal', async ({ instance, upstream, settle }) => {
      const stop = new AbortController()
      instance.record(callRecord())
      const flush = instance.flush(stop.signal).catch(() => {})
      await upstream.request(0)
      stop.abort()
      await settle(flush)
    }, hang),
    check('close delivers the rest and leaves nothing', async ({ instance, upstream, clock, settle }) => {
      const records = some(3)
      for (const record of records) instance.record(record)
      await settle(instance.close(forever))
      delivered(upstream.requests, records, 'close')
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 3, dropped: 0 })
      assert.equal(clock.pending(), 0, '`close` left timers on the clock.')
    }),
    check('close gives up at its signal, counts what is lost and ends the request', async ({ instance, upstream, clock, settle }) => {
      const stop = new AbortController()
      instance.record(callRecord())
      const close = instance.close(stop.signal).catch(() => {})
      const request = await upstream.request(0)
      stop.abort()
      await settle(close)
      await settle(request.aborted)
      assert.deepEqual(plainStats(instance), { queued: 0, sent: 0, dropped: 1 })
      assert.equal(clock.pending(), 0, '`close` left timers on the clock.')
    }, hang),
    check('texts are sent only when they are needed', async ({ instance, upstream, settle }) => {
      if (instance.needs.text === true) return
      instance.record(callRecord({ text: { request: { messages: [{ role: 'user', content: 'canary-in-the-text' }] }, response: 'canary-in-the-text' } }))
      await settle(instance.flush(forever))
      assert.ok(!upstream.requests.some(({ text }) => text.includes('canary-in-the-text')), '`needs.text` is off, and the text was sent.')
    }),
    ...(expected === undefined ? [] : Object.entries(callRecords()).map(([kind, record]) => check(`payload: ${kind}`, async ({ instance, upstream, settle }) => {
      instance.record(record)
      await settle(instance.flush(forever))
      expected(record, upstream.requests)
    }))),
  ], suite.skip)
}

const hang = answer.hang()
const targets: readonly (readonly [string, Answer])[] = [['500', answer.error(500)], ['401', answer.error(401)], ['a target that hangs', hang], ['a broken connection', answer.reset()], ['no HTTP', answer.garbage()]]

function plainStats(instance: Callback): object {
  const { queued, sent, dropped } = instance.stats()
  return { queued, sent, dropped }
}
