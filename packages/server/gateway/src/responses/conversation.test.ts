import { createOpenAIAdapters } from '@tianjillm/provider-kit'
import { createRouter, createRoutingState, defaultCooldown, fallbackLists, noFallbacks, type RouterOptions } from '@tianjillm/router'
import { answer, createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { responsesRoute } from '../__fixtures__/responses.ts'
import { type Stage, stage, type StageOptions } from '../__fixtures__/gateway.ts'
import { createTraceStore, type Deployment, type Resilience } from '../index.ts'

const resilience: Resilience = { retry: { retries: 2 }, retryOf: new Map(), fallbacks: { ...noFallbacks, general: fallbackLists([{ gpt: ['spare'] }]) }, deadlineMs: 10_000, continueStreams: false, random: () => 0 }
const made = (id: string, previous: string | null = null): object => ({ id, object: 'response', created_at: 1, status: 'completed', model: 'up', previous_response_id: previous, output: [], usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } })

function two(options: StageOptions = {}): Promise<Stage> {
  return stage({ route: responsesRoute, router: { random: () => 0 }, deployments: [{ id: 'one' }, { id: 'two' }, { id: 'spare', modelName: 'spare' }], ...options, settings: { resilience, ...options.settings } })
}
const at = (id: string): string => `/${id}/responses`
const asked = ({ upstream }: Stage): string[] => upstream.requests.map(({ path }) => path.split('/')[1]!)
const json = async (reply: Response): Promise<{ id: string; error: { message: string; param: string; code: string } }> => (await reply.json()) as never

describe('a conversation', () => {
  it('R-18: goes on where it is, tried again there, and is not begun anew by a deployment or model that stands in', async () => {
    await using s = await two()
    s.upstream.on(at('one'), answer.json(made('resp_a')), answer.error(500), answer.json(made('resp_b', 'resp_a'))).on(at('two'), answer.json(made('resp_x'))).on(at('spare'), answer.json(made('resp_y')))
    const { id } = await json(await s.fetch({ input: 'hi' }))
    const next = await s.fetch({ input: 'and?', previous_response_id: id })
    expect([next.status, next.headers.get('x-litellm-attempted-retries'), (await next.json() as { previous_response_id: string }).previous_response_id]).toEqual([200, '1', id])
    expect(asked(s)).toEqual(['one', 'one', 'one'])
    s.upstream.on(at('one'), answer.error(500))
    const failed = await s.fetch({ input: 'and?', previous_response_id: id })
    expect(failed.status).toBeGreaterThanOrEqual(429)
    expect(new Set(asked(s))).toEqual(new Set(['one']))
  })

  it('is told to be away, by the field\'s name and with a time, while its deployment rests', async () => {
    await using s = await two()
    s.upstream.on(at('one'), answer.json(made('resp_a')), answer.error(429, undefined, { 'retry-after': '60' })).on(at('two'), answer.json(made('resp_x'))).on(at('spare'), answer.json(made('resp_y')))
    const { id } = await json(await s.fetch({ input: 'hi' }))
    // Another conversation makes the deployment rest.
    await (await s.fetch({ input: 'other' })).text()
    const reply = await s.fetch({ input: 'and?', previous_response_id: id })
    const { error } = await json(reply)
    expect([reply.status, error.param, error.code]).toEqual([429, 'previous_response_id', 'no_deployment_available'])
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(error.message).toContain('`input`')
    expect(asked(s).filter((name) => name === 'one')).toHaveLength(2)
  })

  it('is told to be lost where its deployment is gone, or serves another model', async () => {
    await using s = await two()
    s.upstream.on(at('one'), answer.json(made('resp_a')))
    const { id } = await json(await s.fetch({ input: 'hi' }))
    const elsewhere = await json(await s.fetch({ model: 'spare', input: 'and?', previous_response_id: id }))
    expect(elsewhere.error).toMatchObject({ param: 'previous_response_id', message: expect.stringContaining('is not one of the model "spare"') as string })
    const { settings } = s.gateway
    const left = settings.router.group('gpt')!.candidates.map(({ deployment }) => deployment).filter((deployment) => deployment.id === 'two')
    s.gateway.configure({ ...settings, router: createRouter({ deployments: left, state: settings.router.state } satisfies RouterOptions<Deployment>) })
    const gone = await json(await s.fetch({ input: 'and?', previous_response_id: id }))
    expect(gone.error).toMatchObject({ param: 'previous_response_id', message: expect.stringContaining('is not served here any more') as string })
    expect(asked(s)).toEqual(['one'])
  })

  it('goes on with another model of the same account', async () => {
    await using s = await two()
    s.upstream.on(at('one'), answer.json(made('resp_a')), answer.json(made('resp_b', 'resp_a')))
    const { settings } = s.gateway
    const [one] = settings.router.group('gpt')!.candidates.map(({ deployment }) => deployment)
    s.gateway.configure({ ...settings, router: createRouter({ deployments: [one!, { ...one!, id: 'large', modelName: 'large', model: 'larger' }], state: createRoutingState({ clock: createFakeClock(), cooldown: defaultCooldown }) }) })
    const { id } = await json(await s.fetch({ input: 'hi' }))
    expect((await s.fetch({ model: 'large', input: 'and?', previous_response_id: id })).status).toBe(200)
    expect(s.upstream.requests[1]!.json).toEqual({ model: 'larger', input: 'and?', messages: [], previous_response_id: 'resp_a' })
  })

  it('is refused by a provider that keeps none, with what to do', async () => {
    const deployment = { provider: { adapters: {} } } as { provider: { adapters: object } }
    await using s = await stage({ route: responsesRoute, deployment: deployment as never, settings: { resilience } })
    deployment.provider.adapters = createOpenAIAdapters({ provider: 'acme', baseUrl: s.upstream.url, keepsResponses: false })
    s.upstream.on('/responses', answer.json(made('resp_a')))
    const { id } = await json(await s.fetch({ input: 'hi' }))
    const { error } = await json(await s.fetch({ input: 'and?', previous_response_id: id }))
    expect(error).toMatchObject({ param: 'previous_response_id', message: expect.stringContaining('keeps no conversation') as string })
    expect(s.upstream.requests).toHaveLength(1)
  })

  it.each([['bytes that pass', false], ['events that are read', true]])('a stream that fails before it said anything is answered by another deployment, %s', async (_how, captureText) => {
    await using s = await two({ settings: { captureText } })
    const event = (type: string, more: object = {}): { event: string; data: object } => ({ event: type, data: { type, ...more } })
    const begun = [event('response.created', { response: { ...made('resp_a'), status: 'in_progress', usage: null } }), event('response.in_progress', { response: { ...made('resp_a'), status: 'in_progress', usage: null } })]
    s.upstream.on(at('one'), answer.sse([...begun, event('error', { error: { code: 'server_error', message: 'It broke.' } })]))
    s.upstream.on(at('two'), answer.sse([...begun, event('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'hi' }), event('response.completed', { response: made('resp_b') })]))
    const text = await (await s.fetch({ input: 'hi', stream: true })).text()
    expect(asked(s)).toEqual(['one', 'two'])
    expect(text.match(/^event: .*$/gm)).toEqual(['event: response.created', 'event: response.in_progress', 'event: response.output_text.delta', 'event: response.completed'])
  })

  it('says in its trace why the deployment was chosen', async () => {
    const traces = createTraceStore(10)
    await using s = await two({ settings: { traces } })
    s.upstream.on(at('one'), answer.json(made('resp_a')), answer.json(made('resp_b', 'resp_a')))
    const { id } = await json(await s.fetch({ input: 'hi' }))
    await (await s.fetch({ input: 'and?', previous_response_id: id }, { headers: { authorization: 'Bearer sk-gateway-test', 'content-type': 'application/json', 'x-litellm-call-id': 'second' } })).text()
    await expect.poll(() => traces.find('second', undefined)).toBeDefined()
    expect(traces.find('second', undefined)!.choice).toMatchObject({ strategy: 'previous_response' })
  })
})
