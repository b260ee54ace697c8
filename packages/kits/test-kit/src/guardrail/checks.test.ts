import { GatewayError, type Guardrail, type GuardrailPlugin, type Host, type Verdict } from '@tianjillm/core'
import { parseJson, isRecord } from '@tianjillm/provider-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import type { UpstreamCall } from '../upstream/call.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'
import { guardrailChecks, type GuardrailSuite } from './checks.ts'
import { describeGuardrail } from './describe-guardrail.ts'

const BAD = 'launch the missiles'
const config = v.strictObject({ url: v.optional(v.string()), api_key: v.string() })
type Config = v.InferOutput<typeof config>
type Check = Guardrail['check']

/** A local guardrail that knows one bad phrase, and hides the word "blue". */
const localCheck: Check = ({ texts }): Verdict => {
  if (texts.some(({ text }) => text.includes(BAD))) return { outcome: 'flag', reason: 'The text speaks of weapons.', category: 'weapons' }
  if (texts.some(({ text }) => text.includes('blue'))) return { outcome: 'rewrite', texts: texts.map(({ text }) => text.replaceAll('blue', '[colour]')), reason: 'A colour.' }
  return { outcome: 'pass' }
}

/** The same, asked of a service. */
const remoteCheck = ({ url, api_key }: Config, { http }: Host): Check => async ({ texts }, signal) => {
  const { status, body } = await http.send({ method: 'POST', url: `${url}/judge`, headers: { authorization: `Bearer ${api_key}` }, body: JSON.stringify(texts) }, { signal })
  const answer = parseJson(body.toString())
  if (status !== 200 || !isRecord(answer) || typeof answer['bad'] !== 'boolean') throw new GatewayError('guardrail_failed', `The judge answered with status ${status}.`)
  return answer['bad'] ? { outcome: 'flag', reason: 'The judge said no.' } : { outcome: 'pass' }
}

function plugin(make: (config: Config, host: Host) => Partial<Guardrail>): GuardrailPlugin<Config> {
  return Object.freeze({
    apiVersion: 1, kind: 'guardrail', name: 'words', version: '1.0.0', config,
    create: (read: Config, host: Host): Guardrail => ({ on: ['input', 'output'], streaming: 'window', windowChars: 80, check: localCheck, ...make(read, host) }),
  } satisfies GuardrailPlugin<Config>)
}

const local = (change: (config: Config, host: Host) => Partial<Guardrail> = () => ({})): GuardrailSuite => ({
  plugin: plugin(change), config: { api_key: TEST_SECRET }, longText: 5000, patienceMs: 600,
  pass: ['How are you?', [{ role: 'system', text: 'Be kind.' }, { role: 'user', text: 'Hello.' }]],
  flag: [BAD, [{ role: 'tool', text: `They said ${BAD}.` }], { on: 'output', model: 'm', texts: [{ role: 'assistant', text: BAD }] }],
  rewrite: [{ from: 'a blue sky', to: ['a [colour] sky'] }],
})

const backend = (upstream: FakeUpstream): void => void upstream.on('/judge', (response, call: UpstreamCall) => void response.end(JSON.stringify({ bad: call.text.includes(BAD) })))

const remote = (change: (check: Check, config: Config, host: Host) => Partial<Guardrail> = () => ({})): GuardrailSuite => ({
  plugin: plugin((read, host) => { const check = remoteCheck(read, host); return { check, ...change(check, read, host) } }),
  config: (url: string) => ({ url, api_key: TEST_SECRET }), backend, longText: 5000, patienceMs: 600,
  pass: ['How are you?'], flag: [BAD],
})

describeGuardrail(local())
describeGuardrail(remote())

describe('describeGuardrail catches', () => {
  let turns = 0
  it.each<[string, GuardrailSuite, string, string?]>([
    ['a silent pass when the backend is down', remote((check) => ({ check: async (subject, signal) => { try { return await check(subject, signal) } catch { return { outcome: 'pass' } } } })), 'a backend that answers 500 is a coded error, never a verdict', 'expected to fail'],
    ['an error without a code', remote((check) => ({ check: async (subject, signal) => { try { return await check(subject, signal) } catch { throw new TypeError('oops') } } })), 'a backend that answers no JSON is a coded error, never a verdict', 'GatewayError'],
    ['a signal that is not passed on', remote((check) => ({ check: (subject) => check(subject, new AbortController().signal) })), 'it stops at its signal', 'Nothing settled'],
    ['a key in an error', remote((check, { api_key }) => ({ check: async (subject, signal) => { try { return await check(subject, signal) } catch (cause) { throw new GatewayError('guardrail_failed', `Failed with ${api_key}`, { cause }) } } })), 'a backend that answers 401 is a coded error, never a verdict', 'the error'],
    ['a key in the log', local(({ api_key }, host) => ({ check(subject, signal) { host.log.info({ api_key }, 'Asked.'); return localCheck(subject, signal) } })), 'pass: How are you?', 'the log'],
    ['an input that is changed', local(() => ({ check(subject, signal) { (subject.texts as unknown as { text: string }[])[0]!.text = ''; return localCheck(subject, signal) } })), `flag: ${BAD}`],
    ['a verdict that changes', local(() => ({ check: (subject, signal) => (turns++ % 2 ? { outcome: 'pass' } : localCheck(subject, signal)) })), `flag: ${BAD}`],
    ['a reason that repeats the text', local(() => ({ check: (subject, signal) => { const verdict = localCheck(subject, signal) as Verdict; return verdict.outcome === 'flag' ? { ...verdict, reason: `Found: ${subject.texts[0]!.text}` } : verdict } })), `flag: ${BAD}`, 'repeats'],
    ['a look at the first text only', local(() => ({ check: (subject, signal) => localCheck({ ...subject, texts: subject.texts.slice(0, 1) }, signal) })), 'a flagged text is found among others, whoever said it last', 'stands last'],
    ['a look at the beginning only', local(() => ({ check: (subject, signal) => localCheck({ ...subject, texts: subject.texts.map((text) => ({ ...text, text: text.text.slice(0, 1000) })) }, signal) })), 'a finding at the end of a long text is found'],
    ['a window that is too small', local(() => ({ windowChars: 10 })), 'a finding does not depend on where a window was cut', 'longer than'],
    ['a finding at the start of a window only', local(() => ({ check: (subject, signal) => (subject.texts.some(({ text }) => text.startsWith(' ') || text.startsWith('s')) ? { outcome: 'pass' } : localCheck(subject, signal)) })), 'a finding does not depend on where a window was cut'],
    ['a window without its size', local(() => ({ windowChars: undefined as never })), 'it says what it can look at', 'windowChars'],
    ['a rewrite that loses a text', local(() => ({ check: () => ({ outcome: 'rewrite', texts: [], reason: 'x' }) })), 'rewrite: a blue sky', 'as many'],
    ['a throw for no text at all', local(() => ({ check: (subject, signal) => { if (subject.texts.length === 0) throw new Error('none'); return localCheck(subject, signal) } })), 'a subject without texts passes'],
  ])('%s', async (_, suite, name, message = '') => {
    const failed = await failures(guardrailChecks(suite).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
    expect(failed.get(name)).toContain(message)
  })
})
