import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** 5 tokens out: each call costs 0.02 USD. */
const params = { input_cost_per_token: 0, output_cost_per_token: 0.004 }
/** What the routes under test answer, as far as each has it. */
interface Made {
  readonly key: string
  readonly team_id: string
  readonly user_id: string
}

const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
})

describe('a restart on the embedded database', () => void restartTests('embedded'))
describe.runIf(server)('a restart on PostgreSQL', () => void restartTests(server?.url ?? ''))

function restartTests(database: string): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-restart-'))
  let upstream: FakeUpstream
  let proxy: RunningProxy

  const start = (): Promise<RunningProxy> => startProxy({ database, dataDir, config: oneModel(upstream.url, { params }) })
  const restart = async (signal: NodeJS.Signals): Promise<void> => {
    proxy.process.kill(signal)
    await proxy.exited
    proxy = await start()
  }
  const post = async (path: string, body: object): Promise<Made> => {
    const reply = await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })
    const answered = (await reply.json()) as Made
    expect(reply.status, JSON.stringify(answered)).toBe(200)
    return answered
  }
  const ask = async (key: string, more: object = {}): Promise<number> => {
    const reply = await proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5, ...more }), headers: { authorization: `Bearer ${key}` } })
    await reply.text()
    return reply.status
  }
  const spend = async (key: string): Promise<number> => ((await (await proxy.fetch(`/key/info?key=${key}`)).json()) as { info: { spend: number } }).info.spend

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    proxy = await start()
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)('after %s keys, teams and users are there, and what was spent is still spent', async (signal) => {
    const alias = `app-${signal}`
    const { key } = await post('/key/generate', { key_alias: alias, max_budget: 0.1, metadata: { odd: 'a\0b' } })
    const { team_id: team } = await post('/team/new', { max_budget: 0.05, budget_duration: '30d' })
    const { key: teamKey } = await post('/key/generate', { team_id: team })
    const { user_id: user } = await post('/user/new', { max_budget: 0.05, auto_create_key: false })
    const { key: userKey } = await post('/key/generate', { user_id: user, model_max_budget: { gpt: { max_budget: 0.03 } } })
    for (const each of [key, key, key, teamKey, userKey]) expect(await ask(each)).toBe(200)
    // At once: nothing is waited for that a kill could cut short.
    await restart(signal)

    expect(await spend(key)).toBeCloseTo(0.06, 9)
    expect(await (await proxy.fetch(`/key/info?key=${key}`)).json()).toMatchObject({ info: { key_alias: alias, metadata: { odd: 'a\0b' } } })
    expect(await ask(key)).toBe(200)
    // What is left is less than another call may cost.
    expect(await ask(key, { max_tokens: 50 })).toBe(429)
    // The team has 0.03 left, the model of the user's key 0.01.
    expect([await ask(teamKey, { max_tokens: 20 }), await ask(teamKey, { max_tokens: 1 })]).toEqual([429, 200])
    expect(await ask(userKey)).toBe(429)
  })

  it('a budget that is used up is used up after every kind of end, and counted once', async () => {
    const { key } = await post('/key/generate', { max_budget: 0.06, budget_duration: '45d' })
    for (const signal of ['SIGKILL', 'SIGKILL', 'SIGTERM'] as const) {
      expect(await ask(key, { max_tokens: 1, messages: [{ role: 'user', content: 'x' }] })).toBe(200)
      await restart(signal)
    }
    expect(await spend(key)).toBeCloseTo(0.06, 9)
    expect(await ask(key, { max_tokens: 1 })).toBe(429)
  })

  it('LL#13579: a regenerated key keeps its id and spend, and the old one stays dead', async () => {
    const { key } = await post('/key/generate', { max_budget: 0.05 })
    expect(await ask(key)).toBe(200)
    const { key: next } = await post('/key/regenerate', { key })
    expect(await ask(next, { max_tokens: 1 })).toBe(200)
    await restart('SIGKILL')
    expect(await spend(next)).toBeCloseTo(0.04, 9)
    expect([await ask(key), await ask(next)]).toEqual([401, 429])
  })

  it('a blocked key is blocked, a deleted one gone, for good', async () => {
    const { key: blocked } = await post('/key/generate', {})
    const { key: deleted } = await post('/key/generate', {})
    await post('/key/block', { key: blocked })
    await post('/key/delete', { keys: [deleted] })
    await restart('SIGKILL')
    expect([await ask(blocked), await ask(deleted)]).toEqual([401, 401])
    expect(proxy.log.some(({ msg }) => String(msg).includes('do not survive'))).toBe(false)
  })
}
