import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { MASTER_KEY, runCli, startProxy, writeConfig } from './start-proxy.ts'

const model = { model_name: 'gpt', litellm_params: { model: 'openai/x', api_key: 'k' } }

describe('tianjillm check', () => {
  it('says that a good file is fine', async () => {
    const file = writeConfig({ model_list: [model], litellm_settings: { modify_params: true }, callback_settings: { webhook: {} } })
    const { code, output } = await runCli(['check', file])
    expect(code).toBe(0)
    expect(output).toContain('is fine: 1 model names')
    expect(output).toContain('warning: litellm_settings.modify_params: is known, but has no effect')
    expect(output).toContain('warning: callback_settings.webhook: has no effect')
  })

  it('lists every problem of plugins at once, with paths and without values', async () => {
    const file = writeConfig({
      model_list: [
        { model_name: 'a', litellm_params: { model: 'openai/x', api_kee: 'sk-very-secret' } },
        { model_name: 'b', litellm_params: { model: 'nosuchprovider/x' } },
        { model_name: 'c', litellm_params: { model: 'mystery' } },
        { model_name: 'd', litellm_params: { model: 'openai/x', api_key: 'k', input_cost_per_token: '0.1' } },
      ],
      litellm_settings: { callbacks: ['webhok'] },
      router_settings: { model_group_alias: { best: 'gtp' } },
    })
    const { code, output } = await runCli(['check', file])
    expect(code).toBe(1)
    for (const words of ['model_list[0].litellm_params.api_kee: unknown key. Did you mean `api_key`?', 'model_list[1].litellm_params', 'model_list[2].litellm_params.model: does not tell the provider', 'model_list[3].litellm_params.input_cost_per_token: must be a number', 'webhok', 'router_settings.model_group_alias.best']) expect(output).toContain(words)
    expect(output).not.toContain('sk-very-secret')
    expect(output).not.toContain('    at ')
  })

  // https://docs.litellm.ai/docs/proxy/reliability, https://docs.litellm.ai/docs/proxy/load_balancing
  it('takes the examples of LiteLLM on fallbacks and limits of deployments', async () => {
    const { code, output } = await runCli(['check', writeConfig({
      model_list: [
        { model_name: 'gpt-4', litellm_params: { model: 'openai/gpt-4', api_key: 'k' }, model_info: { id: 'my-specific-model-id' }, rpm: 60, tpm: 90_000 },
        { model_name: 'gpt-4', litellm_params: { model: 'azure/chatgpt-v-2', api_base: 'https://azure.example', api_key: 'k' } },
      ],
      litellm_settings: { num_retries: 3, request_timeout: 10, fallbacks: [{ 'gpt-4': ['my-specific-model-id'] }], allowed_fails: 3, cooldown_time: 30 },
      router_settings: { optional_pre_call_checks: ['enforce_model_rate_limits'], cache_params: { type: 'redis', max_connections: 100 } },
    })])
    expect([code, output]).toEqual([0, expect.stringContaining('is fine: 1 model names')])
    expect(output).toContain('warning: router_settings.cache_params: is known, but has no effect')
  })

  it('does not blame the names of models that cannot be made', async () => {
    const { output } = await runCli(['check', writeConfig({
      model_list: [{ model_name: 'a', litellm_params: { model: 'azure/x', api_base: '<your-azure-endpoint>', api_key: 'k' } }, model],
      router_settings: { fallbacks: [{ a: ['gpt'] }, { gpt: ['a'] }], model_group_alias: { best: 'a' } },
    })])
    expect(output).toContain('has 1 problem:\n  model_list[0].litellm_params.api_base: ')
  })

  it('tells where YAML is broken', async () => {
    const file = writeConfig({})
    writeFileSync(file, 'model_list:\n  - model_name: "a\n')
    const { code, output } = await runCli(['check', file])
    expect(code).toBe(1)
    expect(output).toMatch(/config\.yaml:\d+:\d+/)
  })
})

describe('start', () => {
  it('ends with 1 and the list of problems, and with 2 for a wrong command line', async () => {
    const bad = await runCli(['--config', writeConfig({ modle_list: [] }), '--port', '0'])
    expect([bad.code, bad.output]).toEqual([1, expect.stringContaining('modle_list: unknown key. Did you mean `model_list`?')])
    const usage = await runCli(['--prot', '1'])
    expect([usage.code, usage.output]).toEqual([2, expect.stringContaining('Did you mean --port?')])
  })

  it.each([['sk-'], ['secret']])('refuses the master key %s of the environment', async (key) => {
    const { code, output } = await runCli(['--config', writeConfig({ model_list: [model] }), '--port', '0'], { LITELLM_MASTER_KEY: key })
    expect(code).toBe(1)
    expect(output).toContain('LITELLM_MASTER_KEY: must start with `sk-`')
  })

  it('reads includes, references and environment_variables; the environment wins over the file', async () => {
    await using upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    const config = { include: ['models.yaml'], environment_variables: { KEY_ONE: 'from-file', KEY_TWO: 'from-file' } }
    const entry = (name: string, variable: string) => ({ model_name: name, litellm_params: { model: 'openai/x', api_base: upstream.url, api_key: `os.environ/${variable}` } })
    const file = writeConfig(config)
    writeFileSync(join(dirname(file), 'models.yaml'), JSON.stringify({ model_list: [entry('one', 'KEY_ONE'), entry('two', 'KEY_TWO')], general_settings: { master_key: MASTER_KEY } }))
    await using proxy = await startProxy({ args: ['--config', file], env: { KEY_ONE: 'from-env' } })
    for (const name of ['one', 'two']) expect((await proxy.fetch(CHAT, chatBody({ model: name }))).status).toBe(200)
    expect(upstream.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer from-env', 'Bearer from-file'])
  })

  it('says which port is taken', async () => {
    await using proxy = await startProxy({ config: oneModel('http://127.0.0.1:1') })
    const { code, output } = await runCli(['--config', writeConfig({ model_list: [model], general_settings: { master_key: MASTER_KEY } }), '--host', '127.0.0.1', '--port', new URL(proxy.url).port])
    expect([code, output]).toEqual([1, expect.stringContaining('is taken. Choose another with --port')])
  })
})
