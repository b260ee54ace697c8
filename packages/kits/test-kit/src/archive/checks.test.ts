import { type Archive, type ArchivePlugin, GatewayError, type Host } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { type Answer, answer } from '../upstream/answers.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'
import { archiveChecks, type ArchiveSuite } from './checks.ts'
import { describeArchive } from './describe-archive.ts'

const config = v.strictObject({ url: v.string(), token: v.string() })
type Config = v.InferOutput<typeof config>

const backend = (upstream: FakeUpstream): void => {
  const objects = new Map<string, Buffer>()
  const serve: Answer = (response, call) => {
    if (call.method === 'PUT') objects.set(call.path, call.body)
    const found = objects.get(call.path)
    return (found ? answer.bytes(found) : answer.error(404))(response, call)
  }
  upstream.otherwise(serve)
}

/** A correct store behind a small HTTP service. */
const cold = ({ url, token }: Config, { http }: Host): Archive => ({
  location: 'cold://store',
  async put({ name, body }, signal) {
    const { status } = await http.send({ method: 'PUT', url: `${url}/${name}`, headers: { 'x-token': token }, body }, { signal })
    if (status !== 200) throw new GatewayError('upstream_error', `The store answered with status ${status}.`)
  },
  async get(name, signal) {
    const { status, body } = await http.send({ method: 'GET', url: `${url}/${name}`, headers: { 'x-token': token } }, { signal })
    if (status === 404) return undefined
    if (status !== 200) throw new GatewayError('upstream_error', `The store answered with status ${status}.`)
    return body
  },
})

function suite(change: (archive: Archive, config: Config, host: Host) => Partial<Archive> = () => ({})): ArchiveSuite {
  const plugin: ArchivePlugin<Config> = Object.freeze({
    apiVersion: 1, kind: 'archive', name: 'cold', version: '1.0.0', config,
    create(read: Config, host: Host) {
      const archive = cold(read, host)
      return { ...archive, ...change(archive, read, host) }
    },
  } satisfies ArchivePlugin<Config>)
  return { plugin, config: (url: string) => ({ url, token: TEST_SECRET }), location: 'cold://store', backend, patienceMs: 600 }
}

describeArchive(suite())

describe('describeArchive catches', () => {
  it.each<[string, Parameters<typeof suite>[0], string, string?]>([
    ['a credential in the location', (_, { token }) => ({ location: `cold://${token}@store` }), 'it tells where it is, without a credential'],
    ['bytes that are read as text', (archive) => ({ get: async (name, signal) => { const body = await archive.get(name, signal); return body && Buffer.from(Buffer.from(body).toString('utf8')) } }), 'it gives back what it was given, byte for byte'],
    ['names that run together', (archive) => ({ put: (object, signal) => archive.put({ ...object, name: 'one' }, signal), get: (_name, signal) => archive.get('one', signal) }), 'objects of other names are apart'],
    ['an error for a missing name', (archive) => ({ get: async (name, signal) => { const body = await archive.get(name, signal); if (!body) throw new GatewayError('not_found', 'None.'); return body } }), 'a name that is not there is undefined, not an error'],
    ['a refusal taken for a missing name', (archive) => ({ get: (name, signal) => archive.get(name, signal).catch(() => undefined) }), 'a store that answers 500 is a coded error, never "kept" or "missing"', 'expected to fail'],
    ['a failure that is swallowed', (archive) => ({ put: (object, signal) => archive.put(object, signal).catch(() => {}) }), 'a store that answers 403 is a coded error, never "kept" or "missing"', 'expected to fail'],
    ['a body in an error', (_, read, host) => ({ put: async ({ name, body }, signal) => { const reply = await host.http.send({ method: 'PUT', url: `${read.url}/${name}`, body }, { signal }); if (reply.status !== 200) throw new GatewayError('internal', reply.body.toString()) } }), 'a key that the store quotes is in no error', 'the error'],
    ['a signal that is not passed on', (archive) => ({ put: (object) => archive.put(object, new AbortController().signal) }), 'it stops at its signal', 'Nothing settled'],
    ['a timer left by close', (archive, _, host) => ({ put: (object, signal) => { host.clock.after(60_000, () => {}); return archive.put(object, signal) } }), 'close leaves nothing', 'timers'],
  ])('%s', async (_, change, name, message = '') => {
    const failed = await failures(archiveChecks(suite(change)).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
    expect(failed.get(name)).toContain(message)
  })
})
