import type { ArchiveBook, ArchivePart, ArchiveRow, Claim } from '@tianjillm/archive'
import type { PendingQuery, Row, Sql } from 'postgres'
import { isBusy } from '../ledger/busy.ts'
import { dayOf } from '../ledger/days.ts'
import { addSums } from '../ledger/sums.ts'
import { lockPartitions, oldPartitions, weekOf } from '../ledger/partitions.ts'
import { clean } from '../text.ts'
import { lineOf } from './line.ts'
import { type ArchiveTableRow, archiveColumns, createArchiveReader, toArchive } from './reader.ts'

/** Less than PostgreSQL waits before it looks for two that wait for each other: a late writer goes first. */
const LOCK_WAIT = "'500ms'"

/** The archive's side of the ledger: weeks of `spend_log` are its ranges. */
export function createArchiveBook(sql: Sql): ArchiveBook {
  /** What is done for a claim is done only while it is held. */
  const held = async (query: PendingQuery<Row[]>): Promise<boolean> => (await query).count > 0
  const mine = ({ id, holder }: Claim) => sql`where id = ${id} and holder = ${holder} and status in ('exporting', 'exported')`

  return {
    ...createArchiveReader(sql),

    async plan(before) {
      await orBusy(sql.begin(async (tx) => {
        await lockPartitions(tx)
        await tx`set local lock_timeout = ${sql.unsafe(LOCK_WAIT)}`
        for (const { table, from, to } of await oldPartitions(tx, before)) {
          const [row] = await tx.unsafe<{ filled: boolean }[]>(`select exists (select from ${table}) as filled`)
          if (!row!.filled) {
            await tx.unsafe(`drop table ${table}`)
            continue
          }
          await tx`
            insert into spend_archives (id, date_from, date_to, generation, status)
            select ${crypto.randomUUID()}, ${dayOf(from)}::text::date, ${dayOf(to)}::text::date, coalesce(max(generation), 0) + 1, 'exporting' from spend_archives where date_from = ${dayOf(from)}::text::date
            having coalesce(bool_and(status in ('archived', 'dropped')), true)`
        }
      }))
    },

    async claim(holder, due, forMs) {
      const [row] = await sql<ArchiveTableRow[]>`
        update spend_archives set holder = ${holder}, held_until = now() + ${forMs} * interval '1 millisecond'
        where id = (
          select id from spend_archives where status in ('exporting', 'exported') and (held_until is null or held_until < now()) and (next_attempt_at is null or extract(epoch from next_attempt_at) * 1000 <= ${due})
          order by attempts, date_from, generation limit 1 for update skip locked
        ) returning ${sql.unsafe(archiveColumns)}`
      return row && toArchive(row)
    },

    renew: (claim, forMs) => held(sql`update spend_archives set held_until = now() + ${forMs} * interval '1 millisecond' ${mine(claim)}`),

    restart: (claim, { storageType, location }) => held(sql`
      update spend_archives set status = 'exporting', storage_type = ${storageType}, storage_location = ${location}, parts = '[]', entry_count = 0, cost_nano_usd = 0 ${mine(claim)}`),

    async rows({ from }, after, limit) {
      const place = after === undefined ? [] : [new Date(after.startedAt).toISOString(), after.id]
      const rows = await sql.unsafe<{ line: string; at: string; id: string; cost: string | null }[]>(
        `select ${lineOf} as line, (extract(epoch from started_at) * 1000)::bigint::text as at, request_id as id, cost_nano_usd::text as cost from ${weekOf(from).table}
         ${after === undefined ? '' : 'where (started_at, request_id) > ($1::text::timestamptz, $2)'} order by started_at, request_id limit ${limit}`, place)
      return rows.map(({ line, at, id, cost }): ArchiveRow => ({ line, startedAt: Number(at), id, costNanoUsd: Number(cost ?? 0) }))
    },

    async bounds({ from }) {
      const { table } = weekOf(from)
      const end = (direction: 'asc' | 'desc'): Promise<{ at: string; id: string }[]> => sql.unsafe(`select (extract(epoch from started_at) * 1000)::bigint::text as at, request_id as id from ${table} order by started_at ${direction}, request_id ${direction} limit 1`)
      // Counted first: what comes after that is not among them.
      const [all] = await sql.unsafe<{ rows: string }[]>(`select count(*)::text as rows from ${table}`)
      const [[first], [last]] = await Promise.all([end('asc'), end('desc')])
      return first && last && { rows: Number(all!.rows), first: { startedAt: Number(first.at), id: first.id }, last: { startedAt: Number(last.at), id: last.id } }
    },

    takeOut: (claim, { from }, places) => sql.begin(async (tx) => {
      const [record] = await tx`select from spend_archives where id = ${claim.id} and holder = ${claim.holder} and status = 'exporting' for update`
      if (!record) return undefined
      const [row] = await tx.unsafe<{ gone: number }[]>(`
        with gone as (
          delete from ${weekOf(from).table} w using jsonb_to_recordset($1::text::jsonb) as p(id text, at bigint)
          where w.request_id = p.id and w.started_at = to_timestamp(p.at / 1000.0) returning w.*
        ), ${addSums('gone', '-')}
        select count(*)::int as gone from gone`, [JSON.stringify(places.map(({ id, startedAt }) => ({ id, at: startedAt })))])
      return row!.gone
    }),

    addPart: (claim, part) => held(sql`
      update spend_archives set parts = parts || ${JSON.stringify([part] satisfies ArchivePart[])}::text::jsonb, entry_count = entry_count + ${part.rows}, cost_nano_usd = cost_nano_usd + ${part.costNanoUsd} ${mine(claim)}`),

    exported: (claim) => held(sql`update spend_archives set status = 'exported' ${mine(claim)}`),

    async finish(claim) {
      return orBusy(sql.begin(async (tx) => {
        await lockPartitions(tx)
        await tx`set local lock_timeout = ${sql.unsafe(LOCK_WAIT)}`
        const [record] = await tx<{ date_from: string; entry_count: string; cost_nano_usd: string }[]>`select date_from::text, entry_count::text, cost_nano_usd::text from spend_archives where id = ${claim.id} and holder = ${claim.holder} and status = 'exported' for update`
        if (!record) return 'lost'
        const { table } = weekOf(Date.parse(record.date_from))
        // Nobody writes there any more, so that what is counted is what is dropped.
        await tx.unsafe(`lock table only ${table} in share mode`)
        const [there] = await tx.unsafe<{ entries: string; cost: string }[]>(`select count(*)::text as entries, coalesce(sum(cost_nano_usd), 0)::text as cost from ${table}`)
        if (there!.entries !== record.entry_count || there!.cost !== record.cost_nano_usd) return 'grown'
        await tx.unsafe(`drop table ${table}`)
        if (there!.entries === '0') await tx`delete from spend_archives where id = ${claim.id}`
        else await tx`update spend_archives set status = 'archived', exported_at = now(), holder = null, held_until = null, attempts = 0, error = null, next_attempt_at = null where id = ${claim.id}`
        return 'archived'
      }))
    },

    failed: (claim, error, retryAt) => held(sql`
      update spend_archives set attempts = attempts + 1, error = ${clean(error)}, holder = null, held_until = null,
        status = case when ${retryAt === undefined} then 'failed' else status end, next_attempt_at = ${retryAt === undefined ? null : new Date(retryAt).toISOString()}::text::timestamptz ${mine(claim)}`),

    async release(claim) {
      await sql`update spend_archives set holder = null, held_until = null ${mine(claim)}`
    },

    async replay(id) {
      const replayed = await sql`update spend_archives set status = 'exporting', attempts = 0, next_attempt_at = null, error = null where id = ${clean(id)} and status = 'failed'`
      return replayed.count > 0
    },
  }
}

/** What was not done because somebody else has the tables is done another time. */
async function orBusy<T>(work: Promise<T>): Promise<T | 'busy'> {
  try {
    return await work
  } catch (error) {
    if (isBusy(error)) return 'busy'
    throw error
  }
}
