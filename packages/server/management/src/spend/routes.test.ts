import { createMemoryDirectory, type Directory, hashKey, type Principal } from '@tianjillm/auth'
import { keyRecord, teamRecord, userRecord } from '@tianjillm/auth/checks'
import { systemClock } from '@tianjillm/core'
import type { Gateway, QueryAnswer } from '@tianjillm/gateway'
import { createMemoryLedger } from '@tianjillm/spend'
import { ledgerEntry } from '@tianjillm/spend/contract'
import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { spendRoutes } from '../index.ts'

const ADMIN: Principal = { tenant: 't', role: 'proxy_admin', facts: {} }

describe('spend routes', () => {
  let ledger: ReturnType<typeof createMemoryLedger>
  let directory: Directory
  const routes = () => spendRoutes({ spend: ledger, directory, clock: systemClock, gateway: { settings: {} } as Gateway })
  const get = async (path: string): Promise<QueryAnswer> => {
    const { pathname, searchParams } = new URL(path, 'http://proxy')
    const route = routes().find(({ paths }) => paths.includes(pathname))!
    const { body, pieces, ...answer } = await route.answer({ params: {}, principal: ADMIN, search: searchParams, body: {}, header: () => undefined })
    if (!pieces) return { ...answer, body }
    const written = JSON.parse(Buffer.concat(pieces).toString()) as unknown
    // What is written as bytes is what the document says, and nothing else.
    expect(v.parse(route.doc.answer, written)).toEqual(written)
    return { ...answer, body: written }
  }

  beforeEach(() => {
    ledger = createMemoryLedger()
    directory = createMemoryDirectory()
  })

  it('every route asks for the permission to read spend', () => {
    expect(new Set(routes().map(({ permission }) => permission))).toEqual(new Set(['spend:read']))
  })

  it("a row has LiteLLM's names, spend in USD", async () => {
    ledger.append(ledgerEntry({ id: 'r', startedAt: Date.UTC(2025, 0, 1), firstByteAt: Date.UTC(2025, 0, 1) + 20, endedAt: Date.UTC(2025, 0, 1) + 50, keyHash: 'h', userId: 'u', teamId: 't', callId: 'mine' }))
    const { body } = await get('/spend/logs')
    expect(body).toEqual([{
      request_id: 'r', call_type: 'acompletion', api_key: 'h', spend: 0.00002, total_tokens: 15, prompt_tokens: 10, completion_tokens: 5,
      startTime: '2025-01-01T00:00:00.000Z', endTime: '2025-01-01T00:00:00.050Z', completionStartTime: '2025-01-01T00:00:00.020Z', request_duration_ms: 50,
      model: 'gpt', model_id: 'd1', model_group: 'gpt', custom_llm_provider: 'openai', api_base: 'https://api.example.com/v1', user: 'u',
      metadata: { attempts: 1, stream: false, usage: expect.objectContaining({ input: 10 }) as unknown, call_id: 'mine', price_version: 'config' },
      cache_hit: 'False', cache_key: '', request_tags: [], team_id: 't', organization_id: null, end_user: '', status: 'success',
    }])
  })

  it('an unknown price is not passed off as free', async () => {
    const { costNanoUsd: _, ...unpriced } = ledgerEntry()
    ledger.append(unpriced)
    expect((await get('/spend/logs')).body).toMatchObject([{ spend: 0, metadata: { price_unknown: true } }])
  })

  it('finds the rows of a key by the key or by its hash, those from before it was regenerated too', async () => {
    await directory.keys.insert(keyRecord({ id: 'k', hash: hashKey('sk-abc') }))
    ledger.append(ledgerEntry({ id: 'mine', keyId: 'k', keyHash: hashKey('sk-before') }))
    ledger.append(ledgerEntry({ keyId: 'other' }))
    expect((await get('/spend/logs?api_key=sk-abc')).body).toMatchObject([{ request_id: 'mine' }])
    expect((await get(`/spend/logs?api_key=${hashKey('sk-abc')}`)).body).toMatchObject([{ request_id: 'mine' }])
    expect((await get('/spend/logs?api_key=sk-nobody')).body).toEqual([])
  })

  it('filters by key, team, model and dates', async () => {
    await directory.keys.insert(keyRecord({ id: 'k', hash: 'k' }))
    const day = (n: number): number => Date.UTC(2025, 0, n)
    const parts = [{ id: 'a', keyId: 'k', teamId: 't', modelGroup: 'm' }, { id: 'b', keyId: 'k', teamId: 't', modelGroup: 'n' }, { id: 'c', keyId: 'k', teamId: 'x', modelGroup: 'm' }, { id: 'd', keyId: 'z', teamId: 't', modelGroup: 'm' }]
    for (const part of parts) for (const n of [1, 2, 3]) ledger.append(ledgerEntry({ ...part, id: `${part.id}${n}`, startedAt: day(n) }))
    const ids = async (query: string): Promise<string[]> => ((await get(`/spend/logs?${query}`)).body as { request_id: string }[]).map(({ request_id }) => request_id)
    expect(await ids('api_key=k&team_id=t&model=m&start_date=2025-01-02&end_date=2025-01-03&summarize=false')).toEqual(['a2'])
    expect(await ids('team_id=x')).toEqual(['c3', 'c2', 'c1'])
    expect(await ids('model=n&start_date=2025-01-03')).toEqual(['b3'])
  })

  it('dates give a sum for each day, also for days without calls, the end exclusive', async () => {
    const day = (n: number): number => Date.UTC(2025, 0, n, 10)
    ledger.append(ledgerEntry({ startedAt: day(1), keyId: 'k1', userId: 'u', costNanoUsd: 100_000_000 }))
    ledger.append(ledgerEntry({ startedAt: day(1), keyId: 'k2', userId: 'u', costNanoUsd: 200_000_000, modelGroup: 'other' }))
    ledger.append(ledgerEntry({ startedAt: day(3), keyId: 'k1', costNanoUsd: 5 }))
    ledger.append(ledgerEntry({ startedAt: day(4), keyId: 'k1', costNanoUsd: 7 }))
    expect((await get('/spend/logs?start_date=2025-01-01&end_date=2025-01-04')).body).toEqual([
      { startTime: '2025-01-01', spend: 0.3, users: { u: 0.3 }, models: { gpt: 0.1, other: 0.2 }, k1: 0.1, k2: 0.2 },
      { startTime: '2025-01-02', spend: 0, users: {}, models: {} },
      { startTime: '2025-01-03', spend: 5e-9, users: {}, models: { gpt: 5e-9 }, k1: 5e-9 },
    ])
    expect((await get('/spend/logs?start_date=2025-01-01&end_date=2025-01-04&summarize=false')).body).toHaveLength(3)
  })

  it('pages by a cursor when asked for pages, and never sends more than a thousand rows', async () => {
    for (let i = 0; i < 1500; i += 1) ledger.append(ledgerEntry())
    const whole = await get('/spend/logs')
    expect(whole.body).toHaveLength(1000)
    const rest = await get(`/spend/logs?next=${whole.headers!['x-tianjillm-next']}`)
    expect((rest.body as { data: unknown[]; next: unknown }).data).toHaveLength(500)
    expect(rest.body).toMatchObject({ next: null })
  })

  it.each(['start_date=2025-13-01', 'start_date=2025-02-30', 'min_spend=-1', 'status_filter=sunny', 'start_date=2025-01-01T10:00&end_date=2025-01-02', 'start_date=2025-01-01&end_date=2025-01-02&error_code=x', 'end_date=now', 'limit=0', 'limit=1001', 'limit=1e2', 'next=AAAA', `next=${Buffer.from('[1e99,"a"]').toString('base64url')}`, 'start_date=2025-01-02&end_date=2025-01-01', 'start_date=1990-01-01&end_date=2025-01-01'])('refuses %s', async (query) => {
    await expect(get(`/spend/logs?${query}`)).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('pages of daily activity count rows as LiteLLM counts them, and split no day', async () => {
    // 1, 2, ... 5 rows on the first five days of May.
    for (let day = 1; day <= 5; day += 1) for (let key = 0; key < day; key += 1) ledger.append(ledgerEntry({ startedAt: Date.UTC(2025, 4, day), keyId: `k${key}` }))
    const page = async (query: string): Promise<[days: string[], total: number, more: boolean, requests: number]> => {
      const { results, metadata } = (await get(`/user/daily/activity?start_date=2025-05-01&end_date=2025-05-31${query}`)).body as { results: { date: string }[]; metadata: { total_pages: number; has_more: boolean; total_api_requests: number } }
      return [results.map(({ date }) => date.slice(-2)), metadata.total_pages, metadata.has_more, metadata.total_api_requests]
    }
    expect(await page('')).toEqual([['05', '04', '03', '02', '01'], 1, false, 15])
    expect(await page('&page_size=6')).toEqual([['05'], 3, true, 5])
    expect(await page('&page_size=6&page=2')).toEqual([['04'], 3, true, 4])
    expect(await page('&page_size=6&page=3')).toEqual([['03', '02', '01'], 3, false, 6])
    // A day that is longer than a page is one.
    expect(await page('&page_size=1')).toEqual([['05'], 5, true, 5])
    expect(await page('&page_size=6&page=4')).toEqual([[], 3, false, 0])
    await expect(get('/user/daily/activity?start_date=2025-05-01&end_date=2025-05-31&page_size=1001')).rejects.toMatchObject({ code: 'invalid_request' })
    // The days of UTC that a day elsewhere touches.
    expect(await page('')).toEqual(await page('&timezone=0'))
    expect(((await get('/user/daily/activity?start_date=2025-05-02&end_date=2025-05-02&timezone=480')).body as { results: unknown[] }).results).toHaveLength(2)
  })

  it('a report of many days, teams, customers, models and keys adds up to the entries, whatever they are called', async () => {
    const odd = ['"', '\\', 'ä💶', '__proto__', '12', 'toString', 'a", "b']
    for (const [i, name] of odd.entries()) {
      await directory.keys.insert(keyRecord({ id: `k${i}`, hash: `hash ${name}`, alias: name }))
      await directory.teams.insert(teamRecord({ id: `t${i}`, alias: i < 2 ? 'the same' : name }))
    }
    for (let i = 0; i < 400; i += 1) {
      ledger.append(ledgerEntry({ startedAt: Date.UTC(2025, 4, 1 + (i % 9)), keyId: `k${(i >> 2) % 8}`, ...(i % 3 > 0 && { teamId: `t${i % 7}` }), modelGroup: odd[i % 5]!, model: `m${i % 2}`, provider: i % 4 === 0 ? 'other' : 'openai', endUser: odd[i % 7]!, costNanoUsd: i * 7_000_001 }))
    }
    const total = Array.from({ length: 400 }, (_, i) => i * 7_000_001).reduce((sum, cost) => sum + cost, 0)
    interface Owner { readonly team_name?: string; readonly customer?: string; readonly total_spend: number; readonly metadata: readonly { readonly model: string; readonly api_key: string; readonly spend: number; readonly total_tokens: number }[] }
    const report = async (query: string): Promise<readonly Owner[]> => {
      const days = (await get(`/global/spend/report?start_date=2025-05-01&end_date=2025-05-31${query}`)).body as { group_by_day: string; [list: string]: unknown }[]
      const named = days.map(({ group_by_day }) => group_by_day)
      expect(named).toEqual([...new Set(named)].toSorted())
      expect(named[0]).toMatch(/^2025-05-0\dT00:00:00\+00:00$/)
      return days.flatMap((day) => (day['teams'] ?? day['customers'] ?? day['teams_customers']) as Owner[])
    }
    const nano = (usd: number): number => Math.round(usd * 1e9)
    for (const query of ['', '&group_by=customer']) {
      const owners = await report(query)
      expect(owners.reduce((sum, owner) => sum + nano(owner.total_spend), 0)).toBe(total)
      for (const { total_spend, metadata } of owners) {
        expect(metadata.reduce((sum, { spend }) => sum + nano(spend), 0)).toBe(nano(total_spend))
        // A model and key have one line.
        expect(new Set(metadata.map(({ model, api_key }) => JSON.stringify([model, api_key]))).size).toBe(metadata.length)
      }
    }
    expect(new Set((await report('')).map(({ team_name }) => team_name))).toEqual(new Set(['Unassigned Team', 'the same (t0)', 'the same (t1)', ...odd.slice(2)]))
    expect(new Set((await report('&group_by=customer')).map(({ customer }) => customer))).toEqual(new Set(odd))
    expect((await report('&group_by=customer')).flatMap(({ metadata }) => metadata.map(({ api_key }) => api_key))).toEqual(expect.arrayContaining(['hash "', 'k7']))
    expect(new Set((await report('&team_id=t3&group_by=customer')).map(({ team_name, customer }) => `${team_name} ${customer}`))).toEqual(new Set([`${odd[3]} ${odd[3]}`]))
  })

  it('days of activity have the same sum on every side, and the newest first', async () => {
    await directory.users.insert(userRecord({ id: 'u1', email: 'u1@example.com' }))
    for (let i = 0; i < 60; i += 1) {
      const unserved = i % 10 === 0
      const { modelGroup, ...rest } = ledgerEntry({ startedAt: Date.UTC(2025, 4, 1 + (i % 3)), ...(i % 4 > 0 && { keyId: `k${i % 4}` }), userId: `u${i % 2}`, modelGroup: `g${i % 3}`, model: `m${i % 5}`, provider: i % 7 === 0 ? 'unknown' : 'openai', operation: i % 5 === 0 ? 'embeddings' : 'chat', status: i % 11 === 0 ? 'failure' : 'success', costNanoUsd: i * 1001 })
      const { provider, ...nowhere } = rest
      ledger.append(unserved ? { ...nowhere, model: 'made up' } : { ...rest, modelGroup: modelGroup!, provider: provider! })
    }
    type Sides = Readonly<Record<string, Readonly<Record<string, { metrics: { api_requests: number; failed_requests: number }; api_key_breakdown?: Readonly<Record<string, { metrics: { api_requests: number } }>>; metadata: unknown }>>>>
    const { results, metadata } = (await get('/user/daily/activity/aggregated?start_date=2025-05-01&end_date=2025-05-31')).body as { results: { date: string; metrics: { api_requests: number }; breakdown: Sides }[]; metadata: object }
    expect(results.map(({ date }) => date)).toEqual(['2025-05-03', '2025-05-02', '2025-05-01'])
    expect(metadata).toMatchObject({ total_spend: 1_771_770 / 1e9, total_api_requests: 60, total_failed_requests: 6, total_successful_requests: 54, page: 1, total_pages: 1, has_more: false })
    const [{ breakdown }] = results as [(typeof results)[number]]
    const sum = (side: Sides[string]): number => Object.values(side).reduce((all, { metrics }) => all + metrics.api_requests, 0)
    // Two of a day's twenty calls asked for what nobody serves, and five came without a key.
    expect(Object.fromEntries(Object.entries(breakdown).map(([name, side]) => [name, sum(side)]))).toEqual({ models: 18, model_groups: 18, providers: 20, endpoints: 20, mcp_servers: 0, api_keys: 15, entities: 20 })
    expect(Object.keys(breakdown['providers']!).toSorted()).toEqual(['openai', 'unknown'])
    expect(Object.keys(breakdown['endpoints']!).toSorted()).toEqual(['/chat/completions', '/embeddings'])
    expect(breakdown['entities']!['u1']!.metadata).toEqual({ user_email: 'u1@example.com' })
    expect(Object.values(breakdown['entities']!['u1']!.api_key_breakdown!).reduce((all, { metrics }) => all + metrics.api_requests, 0)).toBe(10)
  })

  it('/global/spend is the sum of everything', async () => {
    ledger.append(ledgerEntry({ costNanoUsd: 1_500_000_000 }))
    ledger.append(ledgerEntry({ costNanoUsd: 1 }))
    expect((await get('/global/spend')).body).toEqual({ spend: 1.500000001, max_budget: 0 })
  })
})
