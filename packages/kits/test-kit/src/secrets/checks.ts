import assert from 'node:assert/strict'
import { MASK, type Secrets } from '@tianjillm/core'
import { TEST_SECRET } from '../fakes/builders.ts'
import { everything } from '../fakes/host.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { assertNoSecret, codedError, configAt, openStage, settleOn, type Stage } from '../suite/stage.ts'
import { type Answer, answer } from '../upstream/answers.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'

/** What `describeSecrets` takes. */
export interface SecretsSuite {
  readonly plugin: AnyPlugin<'secrets', Secrets>
  /** A valid config with {@link TEST_SECRET} as its credential. */
  readonly config: unknown
  /** Secrets that are there, name -> text. At least two, with texts of 8 characters and more. */
  readonly found: Readonly<Record<string, string>>
  /** A name that is not there. */
  readonly missing: string
  /** For a manager behind a service: scripts the fake upstream so that `found` and `missing` hold. Absent: it is local. */
  readonly backend?: (upstream: FakeUpstream) => void
  /** What must never be seen in errors and logs, beside the texts of `found`. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Real milliseconds that a check waits for something to settle. Default 5,000. */
  readonly patienceMs?: number
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

const forever = new AbortController().signal

const failing: readonly (readonly [string, Answer])[] = [
  ['answers 500', answer.error(500)], ['answers 401', answer.error(401)], ['answers 403', answer.error(403)], ['answers 429', answer.error(429)],
  ['breaks the connection', answer.reset()], ['answers no JSON', answer.bytes('<html>')],
]

/** The checks of `describeSecrets`, to run them without vitest. */
export function secretsChecks(suite: SecretsSuite): Check[] {
  const { plugin, config, found, missing, backend, patienceMs = 5_000 } = suite
  const hidden = [...(suite.secrets ?? [TEST_SECRET]), ...Object.values(found)]
  const check = (name: string, body: (stage: Stage<Secrets>) => Promise<void>): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config, setUp: backend })
      await body(stage)
      assertNoSecret(hidden, stage.host.logText(), 'the log')
    },
  })
  const settle = <T>(stage: Stage<Secrets>, promise: Promise<T>): Promise<T> => settleOn(stage, promise, patienceMs)
  const first = Object.keys(found)[0] ?? missing

  return withSkips([
    ...manifestChecks(plugin, configAt(config, 'http://127.0.0.1:9')),
    ...Object.entries(found).map(([name, text]) => check(`it finds ${name}`, async (stage) => {
      const secret = await settle(stage, stage.instance.get(name, forever))
      assert.ok(secret !== undefined, `"${name}" is said to be missing.`)
      assert.equal(secret.reveal(), text, 'The text differs.')
      assert.ok([String(secret), JSON.stringify(secret), everything(secret)].every((shown) => shown.includes(MASK) && !shown.includes(text)), 'The secret shows its text when it is printed. Return core\'s `Secret`.')
      assert.equal((await settle(stage, stage.instance.get(name, forever)))?.reveal(), text, 'The second look differs from the first.')
    })),
    check('a name that is not there is undefined, not an error', async (stage) => {
      assert.equal(await settle(stage, stage.instance.get(missing, forever)), undefined)
    }),
    check('looks at the same time do not mix', async (stage) => {
      const names = [...Object.keys(found), ...Object.keys(found)]
      const secrets = await settle(stage, Promise.all(names.map((name) => stage.instance.get(name, forever))))
      assert.deepEqual(secrets.map((secret) => secret?.reveal()), names.map((name) => found[name]))
    }),
    check('an aborted look rejects', async (stage) => {
      const stop = new AbortController()
      stop.abort()
      if (backend !== undefined) await assert.rejects(settle(stage, stage.instance.get(first, stop.signal)), 'An aborted look must reject.')
    }),
    ...(backend === undefined ? [] : [
      ...failing.map(([what, target]) => check(`a place that ${what} is a coded error, never "missing"`, async (stage) => {
        stage.upstream.reset().otherwise(target)
        const error = await codedError(() => settle(stage, stage.instance.get(first, forever)), `A place that ${what}`)
        assertNoSecret(hidden, error, 'the error')
      })),
      check('a key that the place quotes is in no error', async (stage) => {
        stage.upstream.reset().otherwise(answer.error(403, { message: hidden.join(' '), errors: hidden }))
        assertNoSecret(hidden, await codedError(() => settle(stage, stage.instance.get(first, forever)), 'A refusal'), 'the error')
      }),
      check('it stops at its signal', async (stage) => {
        stage.upstream.reset().otherwise(answer.hang())
        const stop = new AbortController()
        const asked = stage.instance.get(first, stop.signal)
        asked.catch(() => {})
        const request = await settle(stage, stage.upstream.request(0))
        stop.abort()
        await assert.rejects(settle(stage, asked), 'An aborted look must reject.')
        await settle(stage, request.aborted)
      }),
    ]),
    check('close leaves nothing', async (stage) => {
      await settle(stage, stage.instance.get(first, forever))
      await stage.instance.close?.()
      assert.equal(stage.clock.pending(), 0, '`close` left timers on the clock.')
    }),
  ], suite.skip)
}
