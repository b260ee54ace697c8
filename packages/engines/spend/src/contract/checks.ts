import { deepStrictEqual, strictEqual } from 'node:assert'
import { usage } from '@tianjillm/core'
import type { LedgerEntry, SpendEntity, SpendReader } from '../ledger.ts'
import { all, flushed, type LedgerCheck, ledgerEntry, START } from './bench.ts'
import { usageChecks } from './usage-checks.ts'

/** The contract of a ledger and of its {@link SpendReader}. Each check wants a bench of its own. */
export const ledgerChecks: readonly LedgerCheck[] = [
  ...usageChecks,
  {
    name: 'an entry comes back as it went in',
    async run({ ledger, reader }) {
      const full = ledgerEntry({
        callId: 'mine', keyHash: 'k'.repeat(64), keyId: 'key-1', limitModel: 'gpt-mine', userId: 'u', teamId: 't', organizationId: 'o', endUser: 'e', tags: ['a', 'b'], stream: true,
        usage: { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, inputAudio: 5, inputImage: 6, output: 7, reasoning: 8, outputAudio: 9, outputImage: 10 },
        metadata: { trace: 'x', depth: 2, deep: true }, attempts: 3,
      })
      const bare: LedgerEntry = { id: 'bare', operation: 'chat', status: 'failure', stream: false, startedAt: full.startedAt - 1, endedAt: full.startedAt, model: 'nope', cacheHit: false, attempts: 0, errorCode: 'unknown_model' }
      ledger.append(full)
      ledger.append(bare)
      await flushed(ledger)
      deepStrictEqual(await all(reader), [full, bare])
    },
  },
  {
    name: 'the same entry twice is one entry, in aggregates too',
    async run({ ledger, reader }) {
      const entry = ledgerEntry({ keyId: 'k' })
      ledger.append(entry)
      ledger.append(entry)
      await flushed(ledger)
      // Among others that are new, too.
      ledger.append(ledgerEntry({ keyId: 'other' }))
      ledger.append(entry)
      ledger.append(ledgerEntry({ keyId: 'other' }))
      await flushed(ledger)
      strictEqual((await all(reader)).length, 3)
      strictEqual((await reader.sum('key', 'k')).requests, 1)
      strictEqual((await reader.sum('key', 'other')).requests, 2)
      strictEqual((await reader.sum('total', '')).costNanoUsd, 60_000)
    },
  },
  {
    name: 'who waits until an entry is written down is told, once and in order, also when the ledger is closed',
    async run({ ledger, reader }) {
      const told: number[] = []
      const entries = Array.from({ length: 250 }, () => ledgerEntry())
      await new Promise<void>((resolve) => entries.forEach((entry, i) => ledger.append(entry, () => {
        told.push(i)
        if (i === entries.length - 1) resolve()
      })))
      deepStrictEqual(told, entries.map((_, i) => i))
      await flushed(ledger)
      strictEqual((await reader.sum('total', '')).requests, 250)
      const last = new Promise<void>((resolve) => ledger.append(ledgerEntry(), resolve))
      await ledger.close(AbortSignal.timeout(5000))
      await last
      await new Promise<void>((resolve) => ledger.append(ledgerEntry(), resolve))
      deepStrictEqual(ledger.stats().dropped, 1)
    },
  },
  {
    name: 'aggregates equal the sum of the entries, for every entity',
    async run({ ledger, reader }) {
      const entries = Array.from({ length: 60 }, (_, i) => ledgerEntry({
        startedAt: START + i * 6 * 3_600_000,
        keyHash: `h${i}`, keyId: `k${i % 3}`, userId: `u${i % 2}`, ...(i % 2 === 0 && { teamId: 't' }), tags: i % 4 === 0 ? ['x', 'y', 'x'] : [],
        status: i % 5 === 0 ? 'failure' : 'success', costNanoUsd: i * 7, usage: usage({ input: i, cacheRead: 1, output: 2 * i, reasoning: i % 3 }),
      }))
      for (const entry of entries) ledger.append(entry)
      await flushed(ledger)
      const expectSum = async (entity: SpendEntity, id: string, mine: readonly LedgerEntry[]): Promise<void> => {
        const total = (read: (entry: LedgerEntry) => number): number => mine.reduce((sum, entry) => sum + read(entry), 0)
        deepStrictEqual(await reader.sum(entity, id), {
          requests: mine.length,
          failures: mine.filter(({ status }) => status !== 'success').length,
          costNanoUsd: total(({ costNanoUsd }) => costNanoUsd ?? 0),
          usage: usage({ input: total((e) => e.usage!.input), cacheRead: mine.length, output: total((e) => e.usage!.output), reasoning: total((e) => e.usage!.reasoning) }),
        })
      }
      await expectSum('total', '', entries)
      await expectSum('model', 'gpt', entries)
      await expectSum('provider', 'openai', entries)
      await expectSum('deployment', 'd1', entries)
      await expectSum('key', 'k1', entries.filter(({ keyId }) => keyId === 'k1'))
      await expectSum('user', 'u0', entries.filter(({ userId }) => userId === 'u0'))
      await expectSum('member', 't:u0', entries.filter(({ teamId }) => teamId === 't'))
      await expectSum('tag', 'x', entries.filter(({ tags }) => tags!.length > 0))
      await expectSum('team', 'nobody', [])
    },
  },
  {
    name: 'pages follow each other without gap or double, newest first',
    async run({ ledger, reader }) {
      const sameMoment = Array.from({ length: 7 }, () => ledgerEntry({ startedAt: START }))
      const later = Array.from({ length: 6 }, (_, i) => ledgerEntry({ startedAt: START + 1 + i }))
      for (const entry of [...sameMoment, ...later]) ledger.append(entry)
      await flushed(ledger)
      const seen: string[] = []
      let page = await reader.page({}, 4)
      for (;;) {
        seen.push(...page.entries.map(({ id }) => id))
        if (!page.next) break
        page = await reader.page({}, 4, page.next)
      }
      deepStrictEqual(seen, [...sameMoment, ...later].map(({ id }) => id).toReversed())
    },
  },
  {
    name: 'filters by key, user, team, model, request id and time, end exclusive',
    async run({ ledger, reader }) {
      const a = ledgerEntry({ startedAt: START, keyHash: 'k1', userId: 'u1', teamId: 't1' })
      const b = ledgerEntry({ startedAt: START + 1, keyHash: 'k2', userId: 'u1', callId: 'chosen' })
      const c = ledgerEntry({ startedAt: START + 2, keyHash: 'k2', teamId: 't2', modelGroup: 'other' })
      for (const entry of [a, b, c]) ledger.append(entry)
      await flushed(ledger)
      const ids = async (filter: Parameters<SpendReader['page']>[0]): Promise<string[]> => (await reader.page(filter, 10)).entries.map(({ id }) => id)
      deepStrictEqual(await ids({ keyHash: 'k2' }), [c.id, b.id])
      deepStrictEqual(await ids({ userId: 'u1' }), [b.id, a.id])
      deepStrictEqual(await ids({ teamId: 't1' }), [a.id])
      deepStrictEqual(await ids({ model: 'other' }), [c.id])
      deepStrictEqual(await ids({ model: 'gpt', keyHash: 'k2' }), [b.id])
      deepStrictEqual(await ids({ requestId: 'chosen' }), [b.id])
      deepStrictEqual(await ids({ requestId: a.id }), [a.id])
      deepStrictEqual(await ids({ from: START + 1, to: START + 2 }), [b.id])
      deepStrictEqual(await ids({ keyHash: "'; drop table spend_log; --" }), [])
    },
  },
  {
    name: 'an unknown cost stays unknown, and counts as nothing in sums',
    async run({ ledger, reader }) {
      const { costNanoUsd: _, priceVersion: __, ...unpriced } = ledgerEntry()
      ledger.append(unpriced)
      await flushed(ledger)
      strictEqual('costNanoUsd' in (await all(reader))[0]!, false)
      strictEqual((await reader.sum('total', '')).costNanoUsd, 0)
    },
  },
  {
    name: 'what was spent since a moment: whole days and parts of days, of every owner, and by model',
    async run({ ledger, reader }) {
      const day = Date.UTC(2025, 3, 10)
      const hour = 3_600_000
      const by = { keyHash: 'h', keyId: 'k', userId: 'u', teamId: 't', organizationId: 'o', endUser: 'e', tags: ['x', 'y'] }
      const at = [day - 30 * hour, day - 1, day, day + 5 * hour, day + 24 * hour, day + 30 * hour]
      at.forEach((startedAt, i) => ledger.append(ledgerEntry({ ...by, startedAt, costNanoUsd: 10 ** i, modelGroup: i % 2 === 0 ? 'even' : 'odd', ...(i === 4 && { limitModel: 'special' }) })))
      ledger.append(ledgerEntry({ startedAt: day, keyId: 'other', userId: 'u', costNanoUsd: 5_000_000 }))
      // Without a flush: what was accepted counts.
      const spent = (since: number, entity: SpendEntity = 'key', id = 'k', model?: string): Promise<number> => reader.spent({ entity, id, since, ...(model !== undefined && { model }) })
      strictEqual(await spent(0), 111_111)
      for (const [since, expected] of [[day - 30 * hour, 111_111], [day - 1, 111_110], [day, 111_100], [day + 1, 111_000], [day + 5 * hour, 111_000], [day + 6 * hour, 110_000], [day + 24 * hour, 110_000], [day + 30 * hour + 1, 0]] as const) {
        strictEqual(await spent(since), expected, `since day ${(since - day) / hour / 24}`)
      }
      for (const [entity, id] of [['team', 't'], ['member', 't:u'], ['organization', 'o'], ['end_user', 'e'], ['tag', 'x'], ['tag', 'y']] as const) {
        strictEqual(await spent(day - 1, entity, id), 111_110, entity)
        strictEqual(await spent(day + 1, entity, id), 111_000, entity)
        strictEqual(await spent(0, entity, 'nobody'), 0, entity)
      }
      strictEqual(await spent(day + 1, 'user', 'u'), 111_000)
      strictEqual(await spent(day, 'user', 'u'), 5_111_100)
      strictEqual(await spent(0, 'key', 'k', 'even'), 101)
      strictEqual(await spent(day + 1, 'key', 'k', 'odd'), 101_000)
      strictEqual(await spent(day + 1, 'key', 'k', 'special'), 10_000)
    },
  },
  {
    name: 'counts what it inserted, and takes nothing after close',
    async run({ ledger }) {
      ledger.append(ledgerEntry())
      ledger.append(ledgerEntry())
      await ledger.close(AbortSignal.timeout(20_000))
      deepStrictEqual(ledger.stats(), { queued: 0, inserted: 2, dropped: 0 })
      ledger.append(ledgerEntry())
      strictEqual(ledger.stats().dropped, 1)
    },
  },
]
