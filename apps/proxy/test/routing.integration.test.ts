import { catalogue } from '@tianjillm/providers-openai-compatible'
import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('model names', () => {
  let upstream: Awaited<ReturnType<typeof createFakeUpstream>>
  let proxy: RunningProxy

  const chatRows = catalogue.filter(({ operations }) => operations.includes('chat'))

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise((response, call) => answer.json(completion('hi', { model: call.path.split('/')[1] }))(response, call))
    const at = (path: string) => `${upstream.url}/${path}/v1`
    const entry = (model_name: string, model: string, more: object = {}) => ({ model_name, litellm_params: { model, api_key: 'sk-upstream', ...more } })
    proxy = await startProxy({
      config: {
        model_list: [
          entry('shared', 'openai/one', { api_base: at('one'), weight: 3 }),
          entry('shared', 'openai/two', { api_base: at('two'), weight: 1 }),
          entry('claude-*', 'openai/any', { api_base: at('pattern') }),
          entry('claude-3-*', 'openai/third', { api_base: at('longer-pattern') }),
          entry('claude-3-haiku', 'openai/haiku', { api_base: at('exact') }),
          ...chatRows.map(({ name }) => entry(`${name}-model`, `${name}/vendor/some-model`, { api_base: at(name) })),
        ],
        router_settings: { model_group_alias: { fast: 'claude-3-haiku' } },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  const served = async (model: string): Promise<{ status: number; path: string; model: unknown; key: unknown }> => {
    upstream.reset().otherwise(answer.json(completion('hi')))
    const { status } = await proxy.fetch(CHAT, chatBody({ model }))
    const call = upstream.requests.at(-1)
    return { status, path: call?.path.split('/')[1] ?? '', model: (call?.json as { model?: unknown } | undefined)?.model, key: call?.headers['authorization'] }
  }

  it('share the load by weight', async () => {
    upstream.reset().otherwise(answer.json(completion('hi')))
    for (let i = 0; i < 10; i += 1) await Promise.all(Array.from({ length: 20 }, () => proxy.fetch(CHAT, chatBody({ model: 'shared' }))))
    const first = upstream.requests.filter(({ path }) => path.startsWith('/one/')).length
    // 150 of 200 are expected; 5 standard deviations are about 31.
    expect(first).toBeGreaterThan(115)
    expect(first).toBeLessThan(185)
  })

  it('are exact before they are patterns, and longer patterns come first', async () => {
    expect((await served('claude-3-haiku')).path).toBe('exact')
    expect((await served('claude-3-opus')).path).toBe('longer-pattern')
    expect((await served('claude-4')).path).toBe('pattern')
    expect((await served('fast')).path).toBe('exact')
  })

  it('are listed, patterns and aliases included', async () => {
    const list = (await (await proxy.fetch('/v1/models')).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(expect.arrayContaining(['shared', 'claude-*', 'fast']))
    expect((await proxy.fetch('/v1/models/claude-3-haiku')).status).toBe(200)
    expect((await proxy.fetch('/v1/models/none')).status).toBe(404)
  })

  it.each(chatRows.map(({ name }) => name))('of the OpenAI-compatible upstream %s reach it with its key', async (name) => {
    expect(await served(`${name}-model`)).toEqual({ status: 200, path: name, model: 'vendor/some-model', key: 'Bearer sk-upstream' })
  })
})
