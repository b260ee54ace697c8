import { deepStrictEqual, strictEqual } from 'node:assert'
import { usage } from '@tianjillm/core'
import type { LedgerEntry } from '../ledger.ts'
import type { UsageQuery, UsageRow, UsageSheet, UsageSheetQuery } from '../usage.ts'
import { usageDaysOf, usageOf, usageSheetsOf } from '../usage-of.ts'
import { all, flushed, type LedgerCheck, ledgerEntry } from './bench.ts'

const DAY = 86_400_000
const ALL = { from: '2025-01-01', to: '2025-12-31', counted: 'call' } as const

/** Calls of many kinds on many days. */
function mixed(): LedgerEntry[] {
  const owners = [{ keyId: 'k1', userId: 'u1', teamId: 't1', organizationId: 'o1' }, { keyId: 'k2', userId: 'u1', teamId: 't2', organizationId: 'o1' }, { keyId: 'k3', teamId: 't2' }, {}]
  return Array.from({ length: 120 }, (_, i) => ledgerEntry({
    ...owners[i % 4], startedAt: Date.UTC(2025, 4, 1) + Math.floor(i / 7) * 5 * 3_600_000, model: i % 5 === 0 ? 'alias' : 'gpt', modelGroup: 'gpt', provider: i % 3 === 0 ? 'other' : 'openai', operation: i % 6 === 0 ? 'embeddings' : 'chat',
    status: i % 11 === 0 ? 'failure' : 'success', cacheHit: i % 9 === 0, costNanoUsd: i * 13, ...(i % 2 === 0 && { endUser: `e${i % 8}` }), ...(i % 3 === 0 && { tags: i % 6 === 0 ? ['x', 'y', 'x'] : ['Z'] }),
    usage: usage({ input: i, cacheRead: i % 4, cacheWrite5m: i % 3, cacheWrite1h: i % 2, inputAudio: i % 5, output: 2 * i, reasoning: i % 7, outputAudio: 1 }),
  }))
}

const queries: readonly UsageQuery[] = [
  { ...ALL, by: [[]] },
  { ...ALL, by: [['day'], ['day', 'key'], ['day', 'modelGroup'], ['day', 'model', 'key'], []] },
  { ...ALL, by: [['key', 'user', 'team', 'organization', 'modelGroup', 'model', 'provider', 'operation']] },
  { ...ALL, counted: 'end_user', by: [['entity'], ['day', 'entity']] },
  { ...ALL, counted: 'tag', by: [['entity'], ['entity', 'team']] },
  { ...ALL, counted: 'tag', only: { entity: ['x', 'Z'] }, by: [['day', 'entity']] },
  { ...ALL, only: { team: ['t1', 't2'], provider: ['other'] }, by: [['team'], ['day']] },
  { ...ALL, only: { user: [''] }, by: [['key']] },
  { ...ALL, only: { organization: ['o1'], key: ['k2'], modelGroup: ['gpt'], model: ['alias'], operation: ['chat'] }, by: [['day']] },
  { ...ALL, only: { user: [] }, by: [['day'], []] },
  { ...ALL, only: { user: ["'; drop table spend_usage; --"] }, by: [[]] },
  { ...ALL, from: '2025-05-02', to: '2025-05-02', by: [['day'], ['day', 'user']] },
  { ...ALL, from: '2025-05-03', to: '2025-05-02', by: [['day']] },
  { ...ALL, by: [['day', 'team', 'modelGroup', 'key']] },
  { ...ALL, counted: 'end_user', sums: ['costNanoUsd', 'promptTokens'], only: { team: ['t2'] }, by: [['day', 'entity', 'modelGroup', 'key']] },
  { ...ALL, sums: ['costNanoUsd'], by: [['day', 'key'], ['team']] },
  { ...ALL, sums: ['promptTokens', 'requests'], counted: 'end_user', top: 1, by: [['entity']] },
  { ...ALL, top: 2, by: [['key'], ['entity'], ['modelGroup', 'provider']] },
]

const inOneOrder = (rows: readonly UsageRow[]): readonly UsageRow[] => rows.toSorted((a, b) => (JSON.stringify(Object.entries(a).toSorted()) < JSON.stringify(Object.entries(b).toSorted()) ? -1 : 1))

async function gathered(sheets: AsyncIterable<UsageSheet>): Promise<readonly UsageSheet[]> {
  const all: UsageSheet[] = []
  for await (const sheet of sheets) all.push(sheet)
  return all
}

/** Each day with its rows, in any order; days as they came. */
const toRows = (sheets: readonly UsageSheet[]): readonly unknown[] => sheets.map(({ day, rows, dimensions, sums }) => [
  day, Array.from({ length: rows }, (_, row) => JSON.stringify([dimensions.map((column) => column.texts[column.rows[row]!]), sums.map((column) => column[row])])).toSorted(),
])

/** The contract of daily usage: it is the sum of the entries. */
export const usageChecks: readonly LedgerCheck[] = [
  {
    name: 'daily usage equals the sum of the entries, however it is split and filtered',
    async run({ ledger, reader }) {
      const entries = mixed()
      for (const entry of entries) ledger.append(entry)
      await flushed(ledger)
      for (const query of queries) {
        const splits = await reader.usage(query)
        const order = query.top === undefined ? inOneOrder : (rows: readonly UsageRow[]) => rows
        deepStrictEqual(splits.map(order), usageOf(entries, query).map(order), JSON.stringify(query))
        for (const rows of splits) if (query.top === undefined) deepStrictEqual(rows.map(({ day = '' }) => day), rows.map(({ day = '' }) => day).toSorted())
      }
    },
  },
  {
    name: 'of many months everything counts that is asked for, whole months and parts of them',
    async run({ ledger, reader }) {
      const entries = mixed().map((entry, i) => ({ ...entry, startedAt: Date.UTC(2025, 0, 20) + i * DAY }))
      // What is late belongs to its month.
      for (const entry of [...entries.slice(1), entries[0]!]) ledger.append(entry)
      await flushed(ledger)
      const ranges = [['2025-01-01', '2025-12-31'], ['2025-01-20', '2025-05-19'], ['2025-01-21', '2025-05-18'], ['2025-02-01', '2025-03-31'], ['2025-02-02', '2025-04-29'], ['2025-02-01', '2025-02-28'], ['2025-01-31', '2025-02-01'], ['2025-03-05', '2025-03-06'], ['2024-02-29', '2025-02-28'], ['2025-05-01', '2026-05-01'], ['2024-01-01', '2024-12-31'], ['2025-06-01', '2025-07-31']] as const
      const questions: readonly Omit<UsageQuery, 'from' | 'to'>[] = [
        { counted: 'call', by: [['key', 'user', 'team', 'organization', 'modelGroup', 'model', 'provider', 'operation'], []] }, { counted: 'tag', by: [['entity'], ['entity', 'key']] }, { counted: 'end_user', by: [['entity'], []] },
        { counted: 'call', by: [['user']], only: { team: ['t2'] }, sums: ['costNanoUsd'] }, { counted: 'tag', by: [['team']], only: { entity: ['x'] } }, { counted: 'call', by: [['key']], sums: ['costNanoUsd'], top: 2 },
        { counted: 'call', by: [['day'], ['provider'], ['day', 'provider'], []], sums: ['requests', 'failures', 'promptTokens', 'completionTokens', 'cacheReadTokens', 'cacheWriteTokens', 'costNanoUsd'] }, { counted: 'call', by: [['day'], []] },
      ]
      for (const [from, to] of ranges) {
        for (const question of questions) {
          const query = { ...question, from, to }
          deepStrictEqual((await reader.usage(query)).map(inOneOrder), usageOf(entries, query).map(inOneOrder), JSON.stringify(query))
        }
      }
    },
  },
  {
    name: 'usage day by day is as fine as it is kept, and adds up to the same',
    async run({ ledger, reader }) {
      const odd = ['"quoted"', 'back\\slash', 'a", "b', 'new\nline', 'ä💶', '[1, 2]', '__proto__']
      const entries = mixed().map((entry, i) => ({ ...entry, ...(i % 2 === 0 && { endUser: odd[i % odd.length]! }), keyId: `k${i % 5}` }))
      for (const entry of entries) ledger.append(entry)
      await flushed(ledger)
      const parts: readonly Pick<UsageSheetQuery, 'dimensions' | 'sums'>[] = [{ dimensions: ['entity', 'key', 'modelGroup'], sums: [['costNanoUsd'], ['promptTokens', 'completionTokens']] }, { dimensions: ['user', 'team', 'organization', 'model', 'provider', 'operation'], sums: [['requests'], ['failures']] }, { dimensions: [], sums: [['cacheHits']] }]
      // Of days, of more days than a question has parts, and of nothing.
      const spans = [{ from: '2025-05-01', to: '2025-05-06' }, { from: '2024-05-02', to: '2025-05-05' }, { from: '2025-05-03', to: '2025-05-02' }, { from: '2024-01-01', to: '2024-01-31' }]
      for (const span of spans) {
        for (const counted of ['call', 'end_user', 'tag'] as const) {
          for (const only of [{}, { team: ['t2', ''] }, { user: ['u1'], provider: ['other'] }, { key: [] }]) {
            for (const part of parts) {
              for (const newestFirst of [false, true]) {
                const query = { ...span, ...part, counted, only, newestFirst }
                deepStrictEqual(toRows(await gathered(reader.usageSheets(query))), toRows(usageSheetsOf(entries, query)), JSON.stringify(query))
              }
            }
          }
        }
      }
    },
  },
  {
    name: 'who stops reading usage day by day leaves nothing behind',
    async run({ ledger, reader }) {
      for (const entry of mixed()) ledger.append(entry)
      await flushed(ledger)
      const query = { ...ALL, dimensions: ['key'], sums: [['requests']] } as const
      for (let i = 0; i < 20; i += 1) {
        for await (const { day } of reader.usageSheets(query)) {
          strictEqual(day, '2025-05-01')
          // Also while others are asked, of which there are more than connections.
          if (i % 2 === 0) break
          await reader.usageDays(ALL)
          break
        }
      }
      strictEqual((await gathered(reader.usageSheets(query))).length, usageDaysOf(mixed(), ALL).length)
    },
  },
  {
    name: 'the days of a question, newest first, tell how many rows it finds there',
    async run({ ledger, reader }) {
      const entries = mixed()
      for (const entry of entries) ledger.append(entry)
      await flushed(ledger)
      for (const query of [ALL, { ...ALL, only: { team: ['t2'] } }, { ...ALL, counted: 'tag', only: { entity: ['x'] } }, { ...ALL, counted: 'end_user', from: '2025-05-02', to: '2025-05-04' }, { ...ALL, only: { user: [] } }, { ...ALL, from: '2024-01-01', to: '2024-02-01' }] as const) {
        deepStrictEqual(await reader.usageDays(query), usageDaysOf(entries, query), JSON.stringify(query))
      }
    },
  },
  {
    name: 'an entry that comes twice is used once',
    async run({ ledger, reader }) {
      const entry = ledgerEntry({ startedAt: Date.UTC(2025, 4, 1), endUser: 'e', tags: ['a', 'a'] })
      ledger.append(entry)
      ledger.append(entry)
      await flushed(ledger)
      ledger.append(entry)
      await flushed(ledger)
      for (const counted of ['call', 'end_user', 'tag'] as const) strictEqual((await reader.usage({ ...ALL, counted, by: [[]] }))[0]![0]!.requests, 1, counted)
    },
  },
  {
    name: 'a day of usage begins and ends at midnight UTC',
    async run({ ledger, reader }) {
      const midnight = Date.UTC(2025, 2, 1)
      for (const [at, costNanoUsd] of [[midnight - 1, 1], [midnight, 10], [midnight + DAY - 1, 100], [midnight + DAY, 1000]] as const) ledger.append(ledgerEntry({ startedAt: at, costNanoUsd }))
      await flushed(ledger)
      const [days] = await reader.usage({ ...ALL, from: '2025-02-28', to: '2025-03-01', by: [['day']] })
      deepStrictEqual(days!.map(({ day, costNanoUsd }) => [day, costNanoUsd]), [['2025-02-28', 1], ['2025-03-01', 110]])
    },
  },
  {
    name: 'names that nobody serves do not split usage',
    async run({ ledger, reader }) {
      for (let i = 0; i < 3; i += 1) {
        const { modelGroup: _, ...unserved } = ledgerEntry({ startedAt: Date.UTC(2025, 4, 1), model: `made-up-${i}`, status: 'failure' })
        ledger.append(unserved)
      }
      await flushed(ledger)
      const [rows] = await reader.usage({ ...ALL, by: [['modelGroup', 'model']] })
      deepStrictEqual(rows!.map(({ modelGroup, model, failures }) => [modelGroup, model, failures]), [['', '', 3]])
    },
  },
  {
    name: 'errors are counted by day and address, and entries up to a limit',
    async run({ ledger, reader }) {
      const at = Date.UTC(2025, 4, 1)
      const failed = { status: 'failure', errorCode: 'upstream_rate_limit' } as const
      ledger.append(ledgerEntry({ ...failed, startedAt: at, apiBase: 'https://a' }))
      ledger.append(ledgerEntry({ ...failed, startedAt: at + 1, apiBase: 'https://a' }))
      ledger.append(ledgerEntry({ ...failed, startedAt: at + DAY, apiBase: 'https://b' }))
      const { apiBase: _, ...nowhere } = ledgerEntry({ ...failed, startedAt: at + DAY, errorCode: 'rate_limit_exceeded' })
      ledger.append(nowhere)
      ledger.append(ledgerEntry({ startedAt: at, status: 'failure', errorCode: 'upstream_error' }))
      ledger.append(ledgerEntry({ ...failed, startedAt: at, modelGroup: 'other' }))
      await flushed(ledger)
      const filter = { model: 'gpt', errorCodes: ['upstream_rate_limit', 'rate_limit_exceeded'], from: at, to: at + 2 * DAY }
      deepStrictEqual(await reader.errors(filter), [{ day: '2025-05-01', apiBase: 'https://a', count: 2 }, { day: '2025-05-02', apiBase: '', count: 1 }, { day: '2025-05-02', apiBase: 'https://b', count: 1 }])
      deepStrictEqual([await reader.count(filter, 100), await reader.count(filter, 3), await reader.count({}, 100)], [4, 3, 6])
    },
  },
  {
    name: 'filters by everything that a log is asked for',
    async run({ ledger, reader }) {
      const mine = ledgerEntry({ keyId: 'k', organizationId: 'o', endUser: 'e', deploymentId: 'd9', status: 'failure', errorCode: 'upstream_error', costNanoUsd: 500 })
      ledger.append(mine)
      ledger.append(ledgerEntry({ costNanoUsd: 5 }))
      await flushed(ledger)
      strictEqual((await all(reader)).length, 2)
      for (const filter of [{ keyId: 'k' }, { organizationId: 'o' }, { endUser: 'e' }, { deploymentId: 'd9' }, { status: 'failure' }, { errorCodes: ['upstream_error'] }, { leastCost: 6 }, { leastCost: 500, mostCost: 500 }] as const) {
        deepStrictEqual((await reader.page(filter, 10)).entries.map(({ id }) => id), [mine.id], JSON.stringify(filter))
      }
      strictEqual((await reader.page({ mostCost: 4 }, 10)).entries.length, 0)
    },
  },
]
