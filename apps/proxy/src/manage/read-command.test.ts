import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import { connectionOf } from './connection.ts'
import { shownArgument } from './help.ts'
import { readCommand } from './read-command.ts'
import { resources } from './resources.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const loaded = new Map(await Promise.all(resources.map(async ({ name, load }) => [name, await load()] as const)))
const read = (name: string, ...args: string[]) => readCommand(loaded.get(name)!, args)
const sent = (name: string, ...args: string[]) => {
  const reading = read(name, ...args)
  return 'input' in reading ? reading.input : undefined
}

describe('readCommand', () => {
  it('sends flags as fields of their kind', () => {
    expect(sent('keys', 'create', '--key-alias', 'ci', '--models', 'a,b', '--models=c', '--max-budget', '0.5', '--metadata', '{"a":1}')).toEqual({ body: { key_alias: 'ci', models: ['a', 'b', 'c'], max_budget: 0.5, metadata: { a: 1 } } })
    expect(sent('keys', 'update', 'sk-a', '--rpm_limit', 'null', '--no-blocked', '--set', 'guardrails=[]')).toEqual({ body: { key: 'sk-a', rpm_limit: null, blocked: false, guardrails: [] } })
    expect(sent('keys', 'list', '--page', '2')).toEqual({ query: { page: '2', return_full_object: 'true' } })
    expect(sent('models', 'info', 'd1')).toEqual({ query: { litellm_model_id: 'd1' } })
    expect(sent('models', 'add', 'fast', '--model', 'openai/gpt-4o', '--params', '{"temperature": 0}', '--access-groups', 'a,b')).toEqual({ body: { model_name: 'fast', litellm_params: { model: 'openai/gpt-4o', temperature: 0 }, model_info: { access_groups: ['a', 'b'] } } })
    expect(sent('models', 'update', 'd1', '--upstream-key', 'null', '--info', '{"mode": "chat"}')).toEqual({ body: { model_info: { mode: 'chat', id: 'd1' }, litellm_params: { api_key: null } } })
    expect(sent('credentials', 'update', 'eu', '--api-base', 'https://eu.example.com')).toEqual({ path: { credential_name: 'eu' }, body: { credential_values: { api_base: 'https://eu.example.com' } } })
    expect(sent('teams', 'add-admin', 'search', 'ada', 'bob')).toEqual({ body: { team_id: 'search', member: [{ user_id: 'ada', role: 'admin' }, { user_id: 'bob', role: 'admin' }] } })
    expect(sent('tags', 'info', 'batch')).toEqual({ body: { names: ['batch'] } })
  })

  it('knows LiteLLM\'s words for the same', () => {
    expect(sent('keys', 'generate')).toEqual({ body: {} })
    expect(sent('users', 'new', '--user-email', 'a@b.c')).toEqual({ body: { user_email: 'a@b.c' } })
  })

  it.each([
    [['keys', 'lst'], 'Did you mean list?'], [['keys', 'create', '--key-alais', 'x'], 'Did you mean --key-alias?'], [['keys', 'block'], 'KEY is missing.'], [['keys', 'block', 'a', 'b'], '"b"'],
    [['keys', 'create', '--max-budget', 'much'], '--max-budget must be a number'], [['keys', 'create', '--metadata', '{'], '--metadata must be JSON'], [['keys', 'create', '--set', 'x'], 'NAME=VALUE'], [['keys', 'create', '--rpm-limit'], '--rpm-limit'],
  ])('refuses %j', ([name, ...args], words) => {
    expect(() => read(name!, ...args)).toThrow(words)
  })

  it('helps at each level', () => {
    expect(read('keys')).toEqual({ help: expect.stringContaining('regenerate KEY') })
    expect(read('keys', 'create', '--help')).toEqual({ help: expect.stringContaining('--max-budget USD') })
  })
})

describe('the commands', () => {
  const all: readonly (readonly [string, Command])[] = [...loaded].flatMap(([resource, { commands }]) => Object.entries(commands).map(([name, command]) => [`${resource} ${name}`, command] as const))

  it.each(all)('%s has a sentence, and help that fits a terminal', (where, command) => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/)
    const [resource, name] = where.split(' ') as [string, string]
    const reading = read(resource, name, '--help')
    expect('help' in reading && reading.help.split('\n').every((line) => line.length <= 130)).toBe(true)
  })

  it.each([...loaded])('%s is called what the table calls it, and its other names lead somewhere', (name, resource) => {
    expect(resource.name).toBe(name)
    const line = readme.split('\n').find((one) => one.startsWith(`| \`${name}\` |`))
    expect(line, 'the table of apps/proxy/README.md').toBe(`| \`${name}\` | ${Object.entries(resource.commands).map(([called, { arguments: words }]) => `\`${[called, ...words.map(shownArgument)].join(' ')}\``).join(', ')} |`)
    expect(Object.values(resource.alsoCalled ?? {}).filter((meant) => !(meant in resource.commands))).toEqual([])
  })
})

describe('connectionOf', () => {
  const settings = { url: undefined, apiKey: undefined, dataDir: '/nowhere', json: false }
  const local = { LITELLM_MASTER_KEY: 'sk-master' }

  it('takes flags before the environment, and ours before LiteLLM\'s', () => {
    expect(connectionOf(settings, {})).toEqual({ url: 'http://127.0.0.1:4000', apiKey: undefined })
    const env = { TIANJILLM_URL: 'https://a', TIANJILLM_API_KEY: 'sk-a', LITELLM_PROXY_URL: 'https://b', LITELLM_PROXY_API_KEY: 'sk-b' }
    expect(connectionOf(settings, env)).toEqual({ url: 'https://a', apiKey: 'sk-a' })
    expect(connectionOf({ ...settings, url: 'https://c', apiKey: 'sk-c' }, env)).toEqual({ url: 'https://c', apiKey: 'sk-c' })
    expect(connectionOf(settings, { LITELLM_PROXY_URL: 'https://b', LITELLM_PROXY_API_KEY: 'sk-b' })).toEqual({ url: 'https://b', apiKey: 'sk-b' })
  })

  it('keeps the master key of this machine on this machine', () => {
    for (const url of ['http://localhost:4000', 'http://127.0.0.1:1', 'http://[::1]:4000']) expect(connectionOf({ ...settings, url }, local).apiKey, url).toBe('sk-master')
    for (const url of ['https://llm.example.com', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://10.0.0.1']) expect(connectionOf({ ...settings, url }, local).apiKey, url).toBeUndefined()
  })

  it('refuses addresses that are none', () => {
    for (const url of ['localhost:4000', 'x', 'http://a:b@c']) expect(() => connectionOf({ ...settings, url }, {}), url).toThrow('--url')
  })
})
