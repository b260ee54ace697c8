import { createConnector } from '@tianjillm/connector'
import { answer, createFakeUpstream, createTestHost, describeGuardrail, type FakeUpstream, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { genericApiConfig } from './config.ts'
import { genericApiPlugin } from './plugin.ts'
import { readVerdict } from './read-verdict.ts'

const PATH = '/beta/litellm_basic_guardrail_api'

/** A service after LiteLLM's documentation: blocks "weapon", rewrites "blue". */
const service = (upstream: FakeUpstream): void => void upstream.on(PATH, (response, call) => {
  const { texts } = call.json as { texts: string[] }
  const body = texts.some((text) => text.includes('weapon'))
    ? { action: 'BLOCKED', blocked_reason: 'Not allowed here.' }
    : texts.some((text) => text.includes('blue')) ? { action: 'GUARDRAIL_INTERVENED', texts: texts.map((text) => text.replaceAll('blue', '[colour]')) } : { action: 'NONE' }
  response.end(JSON.stringify(body))
})

for (const streaming of [{}, { streaming_window_chars: 80 }]) {
  describeGuardrail({
    plugin: genericApiPlugin, config: (url: string) => ({ api_base: url, api_key: TEST_SECRET, ...streaming }), backend: service,
    pass: ['How are you?'], flag: ['weapon', [{ role: 'tool', text: 'a weapon' }]], rewrite: [{ from: 'a blue sky', to: ['a [colour] sky'] }],
  })
}

describe('the question', () => {
  it.each([['input', 'request'], ['output', 'response']] as const)('of %s, as documented', async (on, inputType) => {
    await using upstream = await createFakeUpstream()
    service(upstream)
    const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
    const config = v.parse(genericApiConfig, { api_base: `${upstream.url}/base/`, api_key: 'k1', headers: { 'X-Team': 't' }, additional_provider_specific_params: { threshold: 0.8 } })
    const guardrail = await genericApiPlugin.create(config, createTestHost({ http: connector }))
    upstream.on(`/base${PATH}`, answer.json({ action: 'NONE' }))
    const verdict = await guardrail.check({ on, model: 'gpt', texts: [{ role: 'user', text: 'a' }, { role: 'tool', text: 'b' }] }, new AbortController().signal)
    await connector.destroy()
    expect(verdict).toEqual({ outcome: 'pass' })
    expect(upstream.requests[0]).toMatchObject({ method: 'POST', headers: { 'x-api-key': 'k1', 'x-team': 't' }, json: { texts: ['a', 'b'], input_type: inputType, model: 'gpt', request_data: {}, additional_provider_specific_params: { threshold: 0.8 } } })
  })
})

describe('the answer', () => {
  it('blocks with or without a reason', () => {
    expect(readVerdict({ action: 'BLOCKED', blocked_reason: 'because' }, 1)).toEqual({ outcome: 'flag', reason: 'because' })
    expect(readVerdict({ action: 'BLOCKED', blocked_reason: null }, 1)).toMatchObject({ outcome: 'flag' })
  })

  it.each([
    [{ action: 'none' }], [{ action: 'GUARDRAIL_INTERVENED' }], [{ action: 'GUARDRAIL_INTERVENED', texts: ['only one'] }], [{ action: 'GUARDRAIL_INTERVENED', texts: ['a', 7] }],
    [{ action: 'GUARDRAIL_INTERVENED', images: ['x'] }], [[]], ['NONE'], [undefined],
  ])('outside the protocol is an error, never a pass: %j', (body) => {
    expect(() => readVerdict(body, 2)).toThrow(expect.objectContaining({ code: 'guardrail_failed' }) as Error)
  })
})

it.each([['api_base', { api_base: 'ftp://x' }], ['api_base', {}], ['api_key', { api_base: 'https://x.test', api_key: 'a\r\nb' }], ['fail_on_error', { api_base: 'https://x.test', fail_on_error: true }]])('a bad %s is refused with its path', (path, config) => {
  expect(v.safeParse(genericApiConfig, config).issues?.map((issue) => v.getDotPath(issue))).toContain(path)
})
