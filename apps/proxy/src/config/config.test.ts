import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './load.ts'
import { nearest } from '@tianjillm/core'
import type { ConfigError, Problem } from './problems.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'tianjillm-config-'))
function write(files: Record<string, string>): string {
  const dir = folder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return join(dir, Object.keys(files)[0]!)
}
const loaded = (text: string, env = {}, more: Record<string, string> = {}) => loadConfig({ file: write({ 'config.yaml': text, ...more }), env })
const load = async (text: string, env = {}, more: Record<string, string> = {}) => {
  const { config, problems: found } = await loaded(text, env, more)
  expect(found.errors).toEqual([])
  return config
}
const problems = async (text: string, env = {}, more: Record<string, string> = {}): Promise<readonly Problem[]> => {
  const result: unknown = await loaded(text, env, more).then(({ problems: found }) => found.errors, (thrown: unknown) => (thrown as ConfigError).problems)
  expect(result).not.toEqual([])
  return result as readonly Problem[]
}
const at = (list: readonly Problem[]): Record<string, string> => Object.fromEntries(list.map(({ path, message }) => [path, message]))

describe('problems', () => {
  it('are told all at once, each with its path and the nearest known name', async () => {
    const found = at(await problems(`
model_list:
  - model_name: gpt
    litellm_param: { model: openai/gpt-4o }
  - litellm_params: { model: openai/gpt-4o, api_key: os.environ/NOT_SET }
litellm_settings: { drop_prams: true, request_timeout: soon }
general_settings: { master_key: hunter2hunter2 }
router_settings: { optional_pre_call_checks: [sesion_affinity], cooldown_time: -1 }
guardrials: []
`))
    expect(found).toMatchObject({
      'model_list[0].litellm_param': 'unknown key. Did you mean `litellm_params`?',
      'model_list[1].model_name': 'is missing.',
      'model_list[1].litellm_params.api_key': expect.stringContaining('NOT_SET') as string,
      'litellm_settings.drop_prams': 'unknown key. Did you mean `drop_params`?',
      'litellm_settings.request_timeout': 'must be number, found a string.',
      'general_settings.master_key': expect.stringContaining('must start with `sk-`') as string,
      'router_settings.optional_pre_call_checks[0]': expect.stringContaining('session_affinity') as string,
      'router_settings.cooldown_time': expect.any(String) as string,
      guardrials: 'unknown key. Did you mean `guardrails`?',
    })
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it.each([['routing_stategy', 'routing_strategy'], ['modle_list', 'model_list'], ['MODEL_LIST', 'model_list'], ['zzz', undefined]])('nearest to %s is %s', (name, expected) => {
    expect(nearest(name, ['model_list', 'routing_strategy', 'cache'])).toBe(expected)
  })
})

describe('YAML', () => {
  it.each([['a: [1\nb: 2', 2], ['a: 1\na: 2', 2], ['a: "x', 1], ['a:\n\t- b', 2]])('tells line and column of %j', async (text, line) => {
    const [problem] = await problems(text)
    expect(problem!.message).toMatch(new RegExp(`config\\.yaml:${line}:\\d+: `))
  })

  it('may be empty, or have empty sections', async () => {
    expect((await load('')).model_list).toEqual([])
    expect((await load('general_settings:\nmodel_list:\n')).general_settings.max_request_size_mb).toBe(100)
  })

  it('must be an object, and readable', async () => {
    expect((await problems('- a'))[0]!.message).toContain('must hold an object')
    await expect(loadConfig({ file: '/nowhere/config.yaml', env: {} })).rejects.toThrow('ENOENT')
  })

  it('merges anchors, as LiteLLM\'s reader does', async () => {
    const { model_list } = await load('model_list:\n  - &base { model_name: a, litellm_params: { model: openai/x } }\n  - { <<: *base, model_name: b }\n')
    expect(model_list[1]).toEqual({ model_name: 'b', litellm_params: { model: 'openai/x' } })
  })

  it.each([
    ['doubling aliases', `environment_variables:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `  a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`).join('\n')}`],
    ['an alias that holds itself', 'model_list: &a\n  - *a\n'],
  ])('refuses %s at once', async (_name, text) => {
    expect((await problems(text))[0]!.message).toContain('aliases')
  })
})

describe('include', () => {
  it('reads files beside the including one, joins lists and merges objects; the including file wins', async () => {
    const config = await load('include: [models.yaml, more/../more.yaml]\nmodel_list: [{ model_name: own }]\nlitellm_settings: { drop_params: true }', {}, {
      'models.yaml': 'model_list: [{ model_name: one }]\nlitellm_settings: { drop_params: false, cache: true }',
      'more.yaml': 'model_list: [{ model_name: two }]',
    })
    expect(config.model_list.map(({ model_name }) => model_name)).toEqual(['one', 'two', 'own'])
    expect(config.litellm_settings).toMatchObject({ drop_params: true, cache: true })
  })

  it('finds cycles, missing files and wrong forms', async () => {
    expect((await problems('include: [b.yaml]', {}, { 'b.yaml': 'include: [config.yaml]' }))[0]!.message).toContain('includes itself')
    expect((await problems('include: [gone.yaml]'))[0]!.message).toMatch(/gone\.yaml cannot be read: ENOENT/)
    expect((await problems('include: b.yaml'))[0]).toMatchObject({ path: 'include', message: 'must be a list of file names.' })
  })
})

describe('references', () => {
  it('are replaced in lists and deep objects, from the environment before the file', async () => {
    const config = await load(`
environment_variables: { ONE: from-file, TWO: 2, THREE: os.environ/REAL, constructor: x }
litellm_settings: { callbacks: [os.environ/ONE, os.environ/TWO] }
callback_settings: { a: { deep: [{ key: os.environ/THREE }] } }
`, { ONE: 'from-env', REAL: 'pointed' })
    expect(config.litellm_settings.callbacks).toEqual(['from-env', '2'])
    expect(config.callback_settings['a']).toEqual({ deep: [{ key: 'pointed' }] })
  })

  it.each(['NOT_SET', 'toString', '__proto__'])('to %s are told with their path', async (name) => {
    const found = await problems(`litellm_settings: { callbacks: [os.environ/${name}] }`)
    expect(found[0]).toMatchObject({ path: 'litellm_settings.callbacks[0]', message: expect.stringContaining(name) as string })
  })
})
