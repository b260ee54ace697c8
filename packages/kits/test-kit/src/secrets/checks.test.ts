import { GatewayError, type Host, Secret, type Secrets, type SecretsPlugin } from '@tianjillm/core'
import { asRecord, asString, parseJson } from '@tianjillm/provider-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { answer } from '../upstream/answers.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'
import { secretsChecks, type SecretsSuite } from './checks.ts'
import { describeSecrets } from './describe-secrets.ts'

const config = v.strictObject({ url: v.string(), token: v.string() })
type Config = v.InferOutput<typeof config>
type Get = Secrets['get']

const found = { 'team/openai': 'first-secret-text', 'team/anthropic': 'second-secret-text' }

const backend = (upstream: FakeUpstream): void => {
  for (const [name, value] of Object.entries(found)) upstream.on(`/v1/${name}`, answer.json({ value }))
}

/** A correct manager behind a small HTTP service. */
const vault = ({ url, token }: Config, { http }: Host): Get => async (name, signal) => {
  const { status, body } = await http.send({ method: 'GET', url: `${url}/v1/${name}`, headers: { 'x-token': token } }, { signal })
  if (status === 404) return undefined
  const value = asString(asRecord(parseJson(body.toString()))['value'])
  if (status !== 200 || value === undefined) throw new GatewayError('internal', `The vault answered with status ${status}.`)
  return new Secret(value)
}

function suite(change: (get: Get, config: Config, host: Host) => Partial<Secrets> = () => ({})): SecretsSuite {
  const plugin: SecretsPlugin<Config> = Object.freeze({
    apiVersion: 1, kind: 'secrets', name: 'vault', version: '1.0.0', config,
    create(read: Config, host: Host) {
      const get = vault(read, host)
      return { get, ...change(get, read, host) }
    },
  } satisfies SecretsPlugin<Config>)
  return { plugin, config: (url: string) => ({ url, token: TEST_SECRET }), found, missing: 'team/nobody', backend, patienceMs: 600 }
}

describeSecrets(suite())

describe('describeSecrets catches', () => {
  it.each<[string, Parameters<typeof suite>[0], string, string?]>([
    ['a text that is not hidden', (get) => ({ get: async (name, signal) => { const secret = await get(name, signal); return secret && ({ reveal: () => secret.reveal(), text: secret.reveal() }) as never } }), 'it finds team/openai', 'printed'],
    ['another secret\'s text', (get) => ({ get: (name, signal) => get(name === 'team/anthropic' ? 'team/openai' : name, signal) }), 'it finds team/anthropic', 'differs'],
    ['an error for a missing name', (get) => ({ get: async (name, signal) => { const secret = await get(name, signal); if (!secret) throw new GatewayError('internal', 'None.'); return secret } }), 'a name that is not there is undefined, not an error'],
    ['a refusal taken for a missing name', (get) => ({ get: (name, signal) => get(name, signal).catch(() => undefined) }), 'a place that answers 403 is a coded error, never "missing"', 'expected to fail'],
    ['an error without a code', (get) => ({ get: async (name, signal) => { try { return await get(name, signal) } catch { throw new Error('no') } } }), 'a place that breaks the connection is a coded error, never "missing"', 'GatewayError'],
    ['a body in an error', (get, read, host) => ({ get: async (name, signal) => { const reply = await host.http.send({ method: 'GET', url: `${read.url}/v1/${name}` }, { signal }); if (reply.status !== 200) throw new GatewayError('internal', reply.body.toString()); return get(name, signal) } }), 'a key that the place quotes is in no error', 'the error'],
    ['a signal that is not passed on', (get) => ({ get: (name) => get(name, new AbortController().signal) }), 'it stops at its signal', 'Nothing settled'],
    ['a secret in the log', (get, _read, host) => ({ get: async (name, signal) => { const secret = await get(name, signal); host.log.info({ name, text: secret?.reveal() }, 'Read.'); return secret } }), 'it finds team/openai', 'the log'],
    ['answers that mix', (get) => { let last: Promise<Secret | undefined> | undefined; return { get: (name, signal) => (last ??= get(name, signal).finally(() => { last = undefined })) } }, 'looks at the same time do not mix'],
    ['a timer left by close', (get, _read, host) => ({ get(name, signal) { host.clock.after(60_000, () => {}); return get(name, signal) } }), 'close leaves nothing', 'timers'],
  ])('%s', async (_, change, name, message = '') => {
    const failed = await failures(secretsChecks(suite(change)).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
    expect(failed.get(name)).toContain(message)
  })
})
