import { mkdtempSync, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion } from './chat-answers.ts'
import { manage, priced } from './management-client.ts'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const bin = new URL('../src/bin.ts', import.meta.url).pathname

/** Runs the command line to its end, as a shell would without a terminal. */
function tianjillm(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['--conditions=@tianjillm/source', bin, ...args], { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

describe('tianjillm keys, teams, ... against a running proxy', () => {
  let upstream: FakeUpstream
  let database: TestDatabase | undefined
  let proxy: RunningProxy
  const { make, ask } = manage(() => proxy)
  const run = (...args: string[]): Promise<Run> => tianjillm(args, { TIANJILLM_URL: proxy.url, TIANJILLM_API_KEY: MASTER_KEY })
  const ran = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args)
    expect([code, err], args.join(' ')).toEqual([0, ''])
    return out
  }
  const json = async (...args: string[]): Promise<Record<string, unknown>> => JSON.parse(await ran(...args, '--json')) as Record<string, unknown>

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    database = await createDatabase()
    proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')], general_settings: { store_model_in_db: true, allow_private_upstreams: true } }, database: database?.url ?? 'embedded' })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await database?.drop()
  })

  it('makes a key that works, lists, changes, blocks, renews and deletes it', async () => {
    const made = await ran('keys', 'create', '--key-alias', 'ci', '--models', 'gpt', '--max-budget', '20', '--budget-duration', '30d')
    const key = /^key +(sk-\S+)$/m.exec(made)![1]!
    expect(made).toMatch(/^max budget +\$20\.00$/m)
    expect((await ask(key)).status).toBe(200)
    const [titles, row] = (await ran('keys', 'list', '--key-alias', 'ci')).split('\n') as [string, string]
    expect(titles).toMatch(/^ALIAS +NAME +USER +TEAM +SPEND +BUDGET +EXPIRES +BLOCKED +ID$/)
    expect(row).toMatch(/^ci +sk-\.\.\.\S+ +\S+ +- +\$\S+ +\$20\.00 +- +no +[0-9a-f]{64}$/)
    expect(await ran('keys', 'update', key, '--max-budget', 'null', '--rpm-limit', '100')).toMatch(/^requests a minute +100$/m)
    expect(await json('keys', 'info', key)).toMatchObject({ info: { max_budget: null, rpm_limit: 100, models: ['gpt'] } })
    expect(await ran('keys', 'block', key)).toBe('Blocked ci.\n')
    expect((await ask(key)).status).toBe(401)
    expect(await ran('keys', 'unblock', key)).toBe('Unblocked ci.\n')
    const renewed = (await json('keys', 'regenerate', key))['key'] as string
    expect([(await ask(key)).status, (await ask(renewed)).status]).toEqual([401, 200])
    expect(await ran('keys', 'delete', '--key-aliases', 'ci')).toBe('Deleted 1 key.\n')
    expect((await ask(renewed)).status).toBe(401)
  })

  it('makes, shows, changes and deletes what else the gateway keeps', async () => {
    await ran('organizations', 'create', '--organization-id', 'acme', '--organization-alias', 'Acme')
    await ran('budgets', 'create', 'trial', '--max-budget', '5', '--budget-duration', '7d')
    await ran('teams', 'create', '--team-id', 'search', '--team-alias', 'Search', '--organization-id', 'acme', '--budget-id', 'trial')
    await ran('users', 'create', '--user-id', 'ada', '--user-email', 'ada@example.com', '--no-auto-create-key')
    expect(await ran('teams', 'add-member', 'search', 'ada', '--max-budget-in-team', '2')).toBe('Added 1 member to search.\n')
    expect(await ran('teams', 'update-member', 'search', 'ada', '--role', 'admin')).toMatch(/^role +admin$/m)
    expect(await ran('teams', 'info', 'search')).toMatch(/^admins +ada$/m)
    expect(await ran('organizations', 'add-admin', 'acme', 'ada')).toBe('Added 1 admin.\n')
    expect(await ran('teams', 'list')).toMatch(/^Search .*ada.* search$/m)
    expect(await ran('users', 'list')).toMatch(/^ada +ada@example\.com +internal_user/m)
    expect(await ran('customers', 'create', 'customer-1', '--max-budget', '1')).toMatch(/^max budget +\$1\.00$/m)
    expect(await ran('customers', 'block', 'customer-1', 'customer-2')).toBe('Blocked 2 customers.\n')
    expect(await ran('tags', 'create', 'batch', '--max-budget', '3')).toMatch(/^name +batch$/m)
    expect(await ran('tags', 'info', 'batch')).toMatch(/^max budget +\$3\.00$/m)
    expect(await ran('budgets', 'explain', 'tag', 'batch')).toMatch(/^max_budget/m)
    expect(await ran('models', 'list')).toMatch(/^gpt /m)
    for (const [words, said] of [[['teams', 'delete', 'search'], 'Deleted 1 team.'], [['organizations', 'delete', 'acme'], 'Deleted 1 organization.'], [['users', 'delete', 'ada'], 'Deleted 1 user.'], [['customers', 'delete', 'customer-1'], 'Deleted 1 customer.'], [['budgets', 'delete', 'trial'], 'Deleted trial.']] as const) expect(await ran(...words)).toBe(`${said}\n`)
  }, 60_000)

  it('adds a model that can be called at once, changes it, keeps its credential and groups, and tells of it in the audit log', async () => {
    expect(await ran('credentials', 'create', 'lent', '--upstream-key', 'sk-lent-upstream-key', '--info', '{"owner": "search"}')).toBe('Credential created successfully\n')
    expect(await ran('credentials', 'list')).toMatch(/^lent +\{"api_key":"\*{4}-key"\} +\{"owner":"search"\}$/m)
    expect(await ran('models', 'add', 'mini', '--id', 'mini-1', '--model', 'openai/upstream-model', '--credential', 'lent', '--api-base', `${upstream.url}/v1`, '--params', '{"input_cost_per_token": 0.000001}')).toMatch(/^id +mini-1$/m)
    expect((await ask(undefined, { model: 'mini' })).status).toBe(200)
    expect(await ran('models', 'deployments')).toMatch(/^mini +openai\/upstream-model +mini-1 +database +- +no +-$/m)
    expect(await ran('models', 'info', 'mini-1')).toMatch(/^key +lent$/m)
    expect(await ran('access-groups', 'create', 'small', '--model-names', 'mini')).toBe('Made small of 1 deployment.\n')
    expect(await ran('access-groups', 'list')).toMatch(/^small +mini +1$/m)
    expect(await ran('models', 'update', 'mini-1', '--blocked')).toMatch(/^blocked +yes$/m)
    expect((await ask(undefined, { model: 'mini' })).status).toBe(400)
    expect(await ran('models', 'delete', 'mini-1')).toBe('Model: mini-1 deleted successfully\n')
    expect(await ran('access-groups', 'delete', 'small')).toMatch(/deleted/)
    expect(await ran('credentials', 'delete', 'lent')).toBe('Credential deleted successfully\n')
    const { audit_logs: [last] } = (await json('audit', 'list', '--object-id', 'mini-1', '--page-size', '1')) as unknown as { audit_logs: [{ id: string }] }
    expect(await ran('audit', 'info', last.id)).toMatch(/^action +deleted$/m)
    expect(await ran('audit', 'list', '--action', 'deleted')).toMatch(/deleted +LiteLLM_ProxyModelTable +mini-1/)
  }, 60_000)

  it('shows what was spent', async () => {
    const { key } = await make('/key/generate', { key_alias: 'spender' })
    expect((await ask(key)).status).toBe(200)
    await expect.poll(() => ran('spend', 'logs', '--api-key', key), { timeout: 10_000, interval: 200 }).toMatch(/gpt +/)
    expect(await ran('spend', 'summary')).toMatch(/^spent +\$/)
    expect(await ran('spend', 'report', '--group-by', 'api_key')).toMatch(/^- +spender +\$0\.00002$/m)
    expect(await ran('spend', 'activity')).toMatch(/^DAY +SPEND +CALLS +FAILED +IN +OUT\n\d{4}-\d{2}-\d{2} +\$/)
    expect(await ran('spend', 'keys')).toMatch(/^spender +- +\$0\.00002 +[0-9a-f]{64}$/m)
    expect(await ran('spend', 'models')).toMatch(/^gpt +\$/m)
    expect(await ran('spend', 'providers')).toMatch(/^openai +\$/m)
    expect(await ran('spend', 'tags')).toMatch(/^(?:TAG|None)/)
    expect(await json('spend', 'activity')).toHaveProperty('results')
  })

  it('tells what is wrong and what to do, with exit code 1', async () => {
    expect(await run('keys', 'info', 'sk-nobody')).toEqual({ code: 1, out: '', err: expect.stringMatching(/There is no such key\.\n.*`list` shows what is there/) })
    expect(await run('keys', 'create', '--duration', 'soon')).toMatchObject({ code: 1, err: expect.stringMatching(/`duration` must be a span/) })
    expect(await tianjillm(['keys', 'list'], { TIANJILLM_URL: proxy.url, TIANJILLM_DATA_DIR: '/nowhere' })).toMatchObject({ code: 1, err: expect.stringMatching(/Name a key with TIANJILLM_API_KEY/) })
    const { key } = await make('/user/new', { user_role: 'internal_user_viewer' })
    const refused = await run('users', 'delete', 'ada', '--url', proxy.url, '--api-key', key)
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/may not do that|master key/) })
    expect(refused.err).not.toContain(key)
  })

  it('tells which gateway could not be reached, and how to start one', async () => {
    const free = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        server.close(() => resolve(port))
      })
    })
    expect(await tianjillm(['keys', 'list', '--url', `http://127.0.0.1:${free}`], {})).toEqual({ code: 1, out: '', err: `Cannot reach the gateway at http://127.0.0.1:${free} (ECONNREFUSED).\nStart one with \`tianjillm\`, or name the right address with --url or TIANJILLM_URL.\n` })
  })

  it('with --json errors are JSON too', async () => {
    const { code, out, err } = await run('keys', 'info', 'sk-nobody', '--json')
    expect([code, out, JSON.parse(err)]).toEqual([1, '', { error: expect.objectContaining({ status: 404, param: 'key', hint: expect.any(String) }) }])
  })

  it('a wrong command line is told with the nearest word and exit code 2', async () => {
    expect(await run('keys', 'lst')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Did you mean list?') })
    expect(await run('kyes', 'list')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean keys?') })
    expect(await run('teams', 'info')).toMatchObject({ code: 2, err: expect.stringContaining('TEAM is missing') })
    expect(await run('keys', 'create', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--max-budget USD'), err: '' })
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/^ {2}teams /m) })
  })

  it('a gateway of this machine is asked with the key that it made for itself', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-cli-'))
    await using own = await startProxy({ dataDir })
    const asked = await tianjillm(['models', 'list', '--url', own.url, '--data-dir', dataDir], {})
    expect(asked).toMatchObject({ code: 0, err: '' })
    expect(asked.out).not.toContain(readFileSync(join(dataDir, 'master-key'), 'utf8').trim())
  })
})

it('a command loads nothing of the server', async () => {
  // Every file that the process reads as code, told by Node's own trace of resolved modules.
  const hook = `import { registerHooks } from 'node:module'; registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context) } })`
  const { code, err } = await tianjillm(['keys', 'list', '--url', 'http://127.0.0.1:9'], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` })
  const loaded = err.split('\n').filter((line) => line.startsWith('file:'))
  expect([code, loaded.length > 10]).toEqual([1, true])
  expect(loaded.filter((file) => /packages\/(?:server|storage|engines|providers)|valibot|pino|hono|postgres|undici/.test(file))).toEqual([])
})
