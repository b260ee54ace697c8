import { createMemoryLimitStore, type LimitStore } from '@tianjillm/limits'
import { createMemoryLedger, type MemoryLedger } from '@tianjillm/spend'
import { answer, createFakeClock, type FakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { KEY, type Stage, stage } from '../__fixtures__/gateway.ts'
import { responsesRoute as post, storedRoute as stored } from '../__fixtures__/responses.ts'
import { createLimiter, createOwnedIds, type OpenCalls, type Settings } from '../index.ts'
import type { CallRoute, StoredRoute } from '../route.ts'

const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 }
const COST = 20_000
const CREATED = Date.UTC(2025, 0, 1) / 1000 + 3
const response = (status: string, more: object = {}): object => ({ id: 'resp_up', object: 'response', created_at: CREATED, status, background: true, model: 'up', output: [], usage: status === 'completed' ? usage : null, ...more })
const prices = { input: 1000, output: 2000 }

interface Scene extends AsyncDisposable {
  readonly stage: Stage
  readonly clock: FakeClock
  readonly ledger: MemoryLedger
  readonly store: LimitStore
  create(more?: object): Promise<{ readonly id: string }>
  read(id: string, method?: 'GET' | 'POST' | 'DELETE', part?: StoredRoute['part']): Promise<Response>
  rows(): Promise<readonly { id: string; usage?: object; costNanoUsd?: number; status: string; startedAt: number }[]>
}

async function scene(shared: Partial<Settings> & { readonly clock?: FakeClock; readonly ledger?: MemoryLedger } = {}): Promise<Scene> {
  const clock = shared.clock ?? createFakeClock()
  const ledger = shared.ledger ?? createMemoryLedger()
  const store = createMemoryLimitStore({ clock })
  const limiter = createLimiter({ store, operator: { proxy: { maxBudget: 1_000_000_000, budgetDuration: null } } })
  const made = await stage({ route: post, deployment: { prices }, settings: { clock, ledger, limiter, ...shared } })
  const { upstream } = made
  upstream.on(/^\/responses$/, answer.json(response('queued')))
  const ask = async (request: Request, route: CallRoute | StoredRoute, params = {}): Promise<Response> => {
    const { response: reply, handled } = made.web(request, route as never, params)
    await handled
    return reply
  }
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
  return {
    stage: made, clock, ledger, store,
    create: async (more = {}) => (await (await ask(new Request('http://gateway.test/responses', { method: 'POST', headers, body: JSON.stringify({ model: 'gpt', input: 'hi', background: true, ...more }) }), post as never)).json()) as { id: string },
    read: (id, method = 'GET', part = 'answer') => ask(new Request('http://gateway.test/responses/x', { method, headers }), stored(method, part), { response_id: id }),
    rows: async () => (await ledger.page({}, 100)).entries as never,
    [Symbol.asyncDispose]: () => made[Symbol.asyncDispose](),
  }
}

describe('a response in the background', () => {
  it('LL#25015: is settled once when it has ended, though nobody asks for it', async () => {
    await using s = await scene()
    s.stage.upstream.on('/responses/resp_up', answer.json(response('in_progress')), answer.json(response('in_progress')), answer.json(response('completed')))
    const { id } = await s.create({ metadata: { a: 'b' } })
    expect(id).toMatch(/^resp_/)
    expect(await s.rows()).toEqual([])
    const budget = async (): Promise<object> => (await s.store.read(s.stage.gateway.settings.limiter!.rulesOf({ proxy: true })))[0]!
    expect(await budget()).toMatchObject({ used: 0, held: expect.any(Number) as number })
    expect((await budget() as { held: number }).held).toBeGreaterThan(COST)
    expect(s.stage.records).toEqual([])
    for (let i = 0; i < 6; i += 1) await settled(s, 4000)
    expect(await s.rows()).toMatchObject([{ status: 'success', costNanoUsd: COST, startedAt: CREATED * 1000, metadata: { a: 'b' }, usage: { input: 10, output: 5 } }])
    expect(s.stage.records).toMatchObject([{ operation: 'responses', status: 'success', costNanoUsd: COST }])
    expect(await budget()).toMatchObject({ used: COST, held: 0 })
    const asked = s.stage.upstream.requests.length
    await settled(s, 3_600_000)
    expect(s.stage.upstream.requests.length).toBe(asked)
    expect(await s.rows()).toHaveLength(1)
  })

  it('is settled by the read that shows its end, and by no later one', async () => {
    await using s = await scene()
    s.stage.upstream.on('/responses/resp_up', answer.json(response('in_progress')), answer.json(response('completed')))
    const { id } = await s.create()
    for (let i = 0; i < 5; i += 1) {
      const shown = (await (await s.read(id)).json()) as { id: string; status: string }
      expect([shown.id, shown.status]).toEqual([id, i === 0 ? 'in_progress' : 'completed'])
    }
    expect(await s.rows()).toMatchObject([{ costNanoUsd: COST }])
    await settled(s, 3_600_000)
    expect(await s.rows()).toHaveLength(1)
  })

  it('costs what a cancelled or failed one says, and its row tells', async () => {
    await using s = await scene()
    s.stage.upstream.on('/responses/resp_up/cancel', answer.json(response('cancelled', { usage })))
    const { id } = await s.create()
    expect(((await (await s.read(id, 'POST', 'cancel')).json()) as { status: string }).status).toBe('cancelled')
    expect(await s.rows()).toMatchObject([{ status: 'cancelled', costNanoUsd: COST }])
    await using failing = await scene()
    failing.stage.upstream.on('/responses/resp_up', answer.json(response('failed', { error: { code: 'server_error', message: 'x' } })))
    await failing.create()
    await settled(failing, 5000)
    expect(await failing.rows()).toMatchObject([{ status: 'failure', errorCode: 'upstream_error' }])
  })

  it('is one row, though another replica shows its end, and one also where its maker is gone', async () => {
    const ownedIds = createOwnedIds({ key: Buffer.alloc(32, 7) })
    const [clock, ledger] = [createFakeClock(), createMemoryLedger()]
    await using maker = await scene({ clock, ledger, ownedIds })
    await using other = await scene({ clock, ledger, ownedIds })
    for (const { stage: { upstream } } of [maker, other]) upstream.on('/responses/resp_up', answer.json(response('completed')))
    const { id } = await maker.create()
    expect(((await (await other.read(id)).json()) as { id: string }).id).toBe(id)
    await settled(maker, 600_000)
    expect(await maker.rows()).toMatchObject([{ costNanoUsd: COST, startedAt: CREATED * 1000 }])
    // As if the maker had been killed: nobody follows it.
    const alone = createMemoryLedger()
    await using survivor = await scene({ ledger: alone, ownedIds })
    survivor.stage.upstream.on('/responses/resp_up', answer.json(response('completed')))
    await survivor.read(id)
    await survivor.read(id)
    expect(await survivor.rows()).toEqual([])
    await settled(survivor, 200_000)
    expect(await survivor.rows()).toMatchObject([{ costNanoUsd: COST, startedAt: CREATED * 1000, id: (await maker.rows())[0]!.id }])
  })

  it('is settled by the next process where its maker was killed, with all that the maker knew', async () => {
    const disk = new Map<string, string>()
    const openCalls = (left: Map<string, string> = new Map()): OpenCalls => ({ keep: (id, call) => void disk.set(id, JSON.stringify(call)), drop: (id) => void disk.delete(id), left: () => [...left].map(([id, text]) => ({ id, record: JSON.parse(text) as unknown })) })
    const ledger = createMemoryLedger()
    await using maker = await scene({ openCalls: openCalls() })
    await maker.create({ metadata: { a: 'b' }, user: 'u' })
    expect(disk.size).toBe(1)
    const left = new Map([...disk, ['bad', '{"deployment":1}']])
    await using next = await scene({ ledger, openCalls: openCalls(left) })
    next.stage.upstream.on('/responses/resp_up', answer.json(response('completed')))
    await settled(next, 5000)
    await expect.poll(() => next.rows()).toMatchObject([{ costNanoUsd: COST, startedAt: CREATED * 1000, metadata: { a: 'b' }, endUser: 'u', model: 'gpt', modelGroup: 'gpt', deploymentId: 'd1', status: 'success' }])
    expect(next.stage.records).toHaveLength(1)
    expect(disk.size).toBe(0)
  })

  it('is left to the next process at a shutdown, where it is written down', async () => {
    const disk = new Set<string>()
    await using s = await scene({ openCalls: { keep: (id) => void disk.add(id), drop: (id) => void disk.delete(id), left: () => [] } })
    s.stage.upstream.on('/responses/resp_up', answer.json(response('in_progress')))
    await s.create()
    await s.stage.gateway.drain(AbortSignal.timeout(5000))
    expect([await s.rows(), disk.size]).toEqual([[], 1])
  })

  it('is looked at a last time at the end of the process, and written down as it is', async () => {
    await using s = await scene()
    s.stage.upstream.on('/responses/resp_up', answer.json(response('completed')))
    await s.create()
    await s.stage.gateway.drain(AbortSignal.timeout(5000))
    expect(await s.rows()).toMatchObject([{ costNanoUsd: COST }])
    await using running = await scene()
    running.stage.upstream.on('/responses/resp_up', answer.json(response('in_progress')))
    await running.create()
    await running.stage.gateway.drain(AbortSignal.timeout(5000))
    expect(await running.rows()).toHaveLength(1)
  })

  it('a stream of one that its caller left is settled when it has ended', async () => {
    await using s = await scene()
    const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: 0, ...more })}\n\n`
    s.stage.upstream.on(/^\/responses$/, answer.hang(event('response.created', { response: response('in_progress') }), { 'content-type': 'text/event-stream' }))
    s.stage.upstream.on('/responses/resp_up', answer.json(response('completed')))
    const leaving = new AbortController()
    const { response: reply, handled } = s.stage.web(new Request('http://gateway.test/responses', { method: 'POST', signal: leaving.signal, headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'gpt', input: 'hi', background: true, stream: true }) }), post as never)
    const reader = (await reply).body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('response.created')
    await reader.cancel()
    leaving.abort()
    await handled
    expect(await s.rows()).toEqual([])
    await settled(s, 5000)
    expect(await s.rows()).toMatchObject([{ costNanoUsd: COST }])
  })

  it('an upstream that does not answer is asked again', async () => {
    await using s = await scene()
    s.stage.upstream.on('/responses/resp_up', answer.error(500), answer.reset(), answer.json(response('completed')))
    await s.create()
    for (let i = 0; i < 8; i += 1) await settled(s, 5000)
    expect(await s.rows()).toMatchObject([{ costNanoUsd: COST }])
  })
})

/** Moves time on, and waits until what then went over the network came back: another look is due, or none is needed. */
async function settled({ clock, rows }: Scene, ms: number): Promise<void> {
  await clock.advanceAsync(ms)
  await expect.poll(async () => clock.pending() > 0 || (await rows()).length > 0, { timeout: 5000, interval: 2 }).toBe(true)
}
