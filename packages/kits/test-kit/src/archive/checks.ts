import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Archive } from '@tianjillm/core'
import { TEST_SECRET } from '../fakes/builders.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { assertNoSecret, codedError, configAt, openStage, settleOn, type Stage } from '../suite/stage.ts'
import { type Answer, answer } from '../upstream/answers.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'

/** What `describeArchive` takes. */
export interface ArchiveSuite {
  readonly plugin: AnyPlugin<'archive', Archive>
  /** A valid config with {@link TEST_SECRET} as its credential, for a place that is empty. */
  readonly config: unknown
  /** What `location` must be. */
  readonly location: string | RegExp
  /** For a store behind a service: scripts the fake upstream so that it keeps objects. Absent: it is local. */
  readonly backend?: (upstream: FakeUpstream) => void
  /** What must never be seen in errors and logs. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Real milliseconds that a check waits for something to settle. Default 5,000. */
  readonly patienceMs?: number
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

const forever = new AbortController().signal
const NAME = 'spend_log/week=2025-01-06/g01-part-00001.ndjson.gz'
const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
const object = (body: Uint8Array, name = NAME) => ({ name, contentType: 'application/gzip', body })

const failing: readonly (readonly [string, Answer])[] = [
  ['answers 500', answer.error(500)], ['answers 401', answer.error(401)], ['answers 403', answer.error(403)], ['answers 429', answer.error(429)], ['breaks the connection', answer.reset()],
]

/** The checks of `describeArchive`, to run them without vitest. */
export function archiveChecks(suite: ArchiveSuite): Check[] {
  const { plugin, config, location, backend, patienceMs = 5_000 } = suite
  const hidden = suite.secrets ?? [TEST_SECRET]
  const check = (name: string, body: (stage: Stage<Archive>, settle: <T>(promise: Promise<T>) => Promise<T>) => Promise<void>): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config, setUp: backend })
      try {
        await body(stage, (promise) => settleOn(stage, promise, patienceMs))
      } finally {
        await stage.instance.close?.()
      }
      assertNoSecret(hidden, stage.host.logText(), 'the log')
    },
  })

  return withSkips([
    ...manifestChecks(plugin, configAt(config, 'http://127.0.0.1:9')),
    check('it tells where it is, without a credential', async ({ instance }) => {
      if (typeof location === 'string') assert.equal(instance.location, location)
      else assert.match(instance.location, location)
      assertNoSecret(hidden, instance.location, 'the location')
    }),
    check('it gives back what it was given, byte for byte', async ({ instance }, settle) => {
      await settle(instance.put(object(bytes), forever))
      assert.deepEqual(Buffer.from((await settle(instance.get(NAME, forever))) ?? []), bytes)
    }),
    check('objects of other names are apart', async ({ instance }, settle) => {
      const names = [NAME, NAME.replace('part-00001', 'part-00002'), NAME.replace('01-06', '01-13'), 'spend_log/week=2025-01-06/_g01-manifest.json']
      await settle(Promise.all(names.map((name, i) => instance.put(object(Buffer.from([i]), name), forever))))
      for (const [i, name] of names.entries()) assert.deepEqual([...(await settle(instance.get(name, forever))) ?? []], [i], name)
    }),
    check('an object takes the place of one of the same name', async ({ instance }, settle) => {
      await settle(instance.put(object(randomBytes(1000)), forever))
      await settle(instance.put(object(bytes), forever))
      assert.deepEqual(Buffer.from((await settle(instance.get(NAME, forever))) ?? []), bytes)
    }),
    check('a name that is not there is undefined, not an error', async ({ instance }, settle) => {
      assert.equal(await settle(instance.get('spend_log/week=1999-01-04/g01-part-00001.ndjson.gz', forever)), undefined)
    }),
    check('an object of nothing, and one of several megabytes', async ({ instance }, settle) => {
      for (const body of [Buffer.alloc(0), randomBytes(5 * 1024 ** 2)]) {
        await settle(instance.put(object(body), forever))
        assert.ok(body.equals((await settle(instance.get(NAME, forever))) ?? Buffer.from('gone')), `${body.length} bytes came back otherwise.`)
      }
    }),
    check('aborted, it rejects', async ({ instance }, settle) => {
      const stop = new AbortController()
      stop.abort()
      await assert.rejects(settle(instance.put(object(bytes), stop.signal)), 'An aborted `put` must reject.')
      await assert.rejects(settle(instance.get(NAME, stop.signal)), 'An aborted `get` must reject.')
    }),
    ...(backend === undefined ? [] : [
      ...failing.map(([what, target]) => check(`a store that ${what} is a coded error, never "kept" or "missing"`, async ({ instance, upstream }, settle) => {
        await settle(instance.put(object(bytes), forever))
        upstream.reset().otherwise(target)
        for (const run of [() => settle(instance.put(object(bytes), forever)), () => settle(instance.get(NAME, forever))]) assertNoSecret(hidden, await codedError(run, `A store that ${what}`), 'the error')
      })),
      check('a key that the store quotes is in no error', async ({ instance, upstream }, settle) => {
        upstream.reset().otherwise(answer.error(403, { message: hidden.join(' '), errors: hidden }))
        assertNoSecret(hidden, await codedError(() => settle(instance.put(object(bytes), forever)), 'A refusal'), 'the error')
        upstream.reset().otherwise(answer.error(403, `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${hidden.join(' ')}</Message></Error>`))
        assertNoSecret(hidden, await codedError(() => settle(instance.put(object(bytes), forever)), 'A refusal'), 'the error')
      }),
      check('it stops at its signal', async ({ instance, upstream }, settle) => {
        await settle(instance.put(object(bytes), forever))
        upstream.reset().otherwise(answer.hang())
        const stop = new AbortController()
        const asked = instance.put(object(bytes), stop.signal)
        asked.catch(() => {})
        const request = await settle(upstream.request(0))
        stop.abort()
        await assert.rejects(settle(asked), 'An aborted `put` must reject.')
        await settle(request.aborted)
      }),
    ]),
    check('close leaves nothing', async ({ instance, clock }, settle) => {
      await settle(instance.put(object(bytes), forever))
      await instance.close?.()
      assert.equal(clock.pending(), 0, '`close` left timers on the clock.')
    }),
  ], suite.skip)
}
