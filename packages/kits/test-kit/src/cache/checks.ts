import assert from 'node:assert/strict'
import type { Cache } from '@tianjillm/core'
import { TEST_SECRET } from '../fakes/builders.ts'
import { turn } from '../fakes/clock.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { similarChecks } from './similar-checks.ts'
import { assertNoSecret, configAt, openStage, type Stage } from '../suite/stage.ts'

/** What `describeCache` takes. */
export interface CacheSuite {
  readonly plugin: AnyPlugin<'cache', Cache>
  /** A config for an empty store. */
  readonly config: unknown
  /** For a store behind a service: scripts the fake upstream to keep what it is sent. Absent: it is local, or a real one. */
  readonly backend?: (upstream: FakeUpstream) => void
  /** How time passes for entries: `fake` (the host's clock, default) or `real` (the store has its own; entries then live 100 ms). */
  readonly time?: 'fake' | 'real'
  /** A config for a store that cannot be reached. */
  readonly unreachable?: unknown
  /** False for a store that holds nothing large. Default true: one entry of 1 MiB. */
  readonly large?: boolean
  /** The store also finds by likeness (`similar`), and is held to that too. Default false. */
  readonly similar?: boolean
  /** What must never be seen in errors and logs. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const HOUR = 3_600_000

/** The checks of `describeCache`, to run them without vitest. */
export function cacheChecks(suite: CacheSuite): Check[] {
  const { plugin, config, backend, time = 'fake', unreachable, large = true, similar = false, secrets = [TEST_SECRET] } = suite
  /** Stages whose instance the check has closed itself. */
  const closed = new WeakSet<Stage<Cache>>()
  const run = (name: string, with_: unknown, body: (stage: Stage<Cache>) => Promise<void>): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config: with_, setUp: backend })
      try {
        await body(stage)
      } finally {
        if (!closed.has(stage)) {
          if (with_ === config) await stage.instance.clear()
          await stage.instance.close?.()
        }
      }
      assertNoSecret(secrets, stage.host.logText(), 'the log')
    },
  })
  const check = (name: string, body: (stage: Stage<Cache>) => Promise<void>): Check => run(name, config, body)
  const same = async (cache: Cache, key: string, expected: Uint8Array | undefined, message: string): Promise<void> => {
    const found = await cache.get(key)
    assert.ok(found === undefined || found instanceof Uint8Array, 'Values are bytes.')
    assert.deepEqual(found && Buffer.from(found), expected && Buffer.from(expected), message)
  }

  return withSkips([
    ...manifestChecks(plugin, configAt(config, 'http://127.0.0.1:9')),
    check('what was never set is absent', async ({ instance }) => same(instance, 'never', undefined, 'A key that was never set has a value.')),
    check('bytes come back as they were', async ({ instance }) => {
      const values = [bytes('text é🦊'), Uint8Array.from({ length: 256 }, (_, i) => i), new Uint8Array(0), ...(large ? [new Uint8Array(1024 * 1024).fill(0xab)] : [])]
      for (const [i, value] of values.entries()) await instance.set(`key-${i}`, value, HOUR)
      for (const [i, value] of values.entries()) await same(instance, `key-${i}`, value, `Value ${i} of ${value.length} bytes came back changed.`)
    }),
    check('a window on a larger buffer is stored as the window', async ({ instance }) => {
      await instance.set('window', bytes('xxhelloyy').subarray(2, 7), HOUR)
      await same(instance, 'window', bytes('hello'), 'The whole buffer was stored.')
    }),
    check('the last value wins', async ({ instance }) => {
      await instance.set('key', bytes('one'), HOUR)
      await instance.set('key', bytes('two'), HOUR)
      await same(instance, 'key', bytes('two'), 'The first value stayed.')
    }),
    check('keys of any text are told apart', async ({ instance }) => {
      const keys = ['a', 'A', 'a ', 'a:b', 'a:b:c', 'a/../b', 'é', 'e\u0301', '*', 'a*', '?', '{a}', '__proto__', 'constructor', 'line\nend', 'k'.repeat(500)]
      for (const [i, key] of keys.entries()) await instance.set(key, bytes(String(i)), HOUR)
      for (const [i, key] of keys.entries()) await same(instance, key, bytes(String(i)), `The key ${JSON.stringify(key.slice(0, 20))} has another's value.`)
    }),
    check('delete removes one entry, and takes an absent one', async ({ instance }) => {
      await instance.set('a', bytes('1'), HOUR)
      await instance.set('ab', bytes('2'), HOUR)
      await instance.delete('a')
      await instance.delete('never')
      await same(instance, 'a', undefined, 'A deleted entry is still there.')
      await same(instance, 'ab', bytes('2'), '`delete` removed another entry.')
    }),
    check('clear removes everything', async ({ instance }) => {
      for (let i = 0; i < 50; i++) await instance.set(`key-${i}`, bytes('x'), HOUR)
      await instance.clear()
      for (let i = 0; i < 50; i++) await same(instance, `key-${i}`, undefined, 'An entry outlived `clear`.')
      await instance.set('after', bytes('y'), HOUR)
      await same(instance, 'after', bytes('y'), 'Nothing can be set after `clear`.')
    }),
    check('entries end with their time, each with its own', async ({ instance, clock }) => {
      await instance.set('long', bytes('1'), HOUR)
      await instance.set('short', bytes('2'), 100)
      if (time === 'fake') {
        await same(instance, 'short', bytes('2'), 'The entry is gone before its time.')
        clock.advance(99)
        await same(instance, 'short', bytes('2'), 'The entry is gone before its time.')
        clock.advance(1)
      } else {
        const deadline = performance.now() + 5_000
        while (await instance.get('short') !== undefined && performance.now() < deadline) await turn()
      }
      await same(instance, 'short', undefined, 'The entry outlived its time.')
      await same(instance, 'long', bytes('1'), 'Another entry went with it.')
    }),
    check('setting again renews the time', async ({ instance, clock }) => {
      if (time !== 'fake') return
      await instance.set('key', bytes('1'), 100)
      clock.advance(60)
      await instance.set('key', bytes('2'), 100)
      clock.advance(60)
      await same(instance, 'key', bytes('2'), 'The first time still counts.')
    }),
    check('calls at the same time do not mix', async ({ instance }) => {
      const keys = Array.from({ length: 50 }, (_, i) => `key-${i}`)
      await Promise.all(keys.map(async (key) => instance.set(key, bytes(key), HOUR)))
      await Promise.all(keys.map((key) => same(instance, key, bytes(key), `The key ${key} has another's value.`)))
    }),
    check('it says whether it finds by likeness', async ({ instance }) => {
      assert.equal(instance.similar !== undefined, similar, similar ? 'There is no `similar`.' : 'There is a `similar`: give the suite `similar: true`, so that it is tested.')
    }),
    ...(similar ? similarChecks(check, time) : []),
    check('it can be pinged', async ({ instance }) => { await instance.ping?.() }),
    check('close leaves nothing', async (stage) => {
      const { instance, clock } = stage
      await instance.set('key', bytes('1'), HOUR)
      await instance.clear()
      closed.add(stage)
      await instance.close?.()
      assert.equal(clock.pending(), 0, '`close` left timers on the clock.')
    }),
    ...(unreachable === undefined ? [] : [run('a store that cannot be reached rejects, and never answers "absent"', unreachable, async ({ instance }) => {
      for (const [name, call] of [['get', () => instance.get('key')], ['set', () => instance.set('key', bytes('1'), HOUR)], ['delete', () => instance.delete('key')], ['ping', () => instance.ping?.() ?? Promise.reject(new Error('no ping'))]] as const) {
        let error: unknown
        try {
          await call()
        } catch (caught) {
          error = caught
        }
        assert.ok(error !== undefined, `\`${name}\` succeeds though the store cannot be reached.`)
        assertNoSecret(secrets, error, `the error of ${name}`)
      }
    })]),
  ], suite.skip)
}
