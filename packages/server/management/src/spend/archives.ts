import { type ArchiveRecord, type ArchiveRun, manifestName } from '@tianjillm/archive'
import { GatewayError } from '@tianjillm/core'
import { toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { moment, named, textOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import { choiceParam, momentParam, numberParam, pageParam, skipped } from '../search-fields.ts'
import { notFound } from '../service.ts'
import type { Archiving, SpendOptions } from './options.ts'
import { dayOf } from './range.ts'

/** Milliseconds that a request waits for the run that it began; a run goes on without it. */
const WAIT_MS = 5000

const record = v.object({
  id: v.string(),
  date_from: v.pipe(v.string(), v.description('The first day (UTC).')),
  date_to: v.pipe(v.string(), v.description('The day before which it ends, as `end_date` of `/spend/logs`.')),
  generation: v.pipe(v.number(), v.description('From 1 on: calls that came after their week was archived make a further one.')),
  status: v.pipe(v.picklist(['exporting', 'exported', 'archived', 'failed', 'dropped']), v.description('`archived`: the calls are in cold storage alone. `failed`: tried too often; the calls are in the database, and a replay tries again. `dropped`: a retention period took the calls away.')),
  storage_type: textOrNone,
  storage_location: textOrNone,
  manifest: v.pipe(textOrNone, v.description('Name of the manifest at the location, once the calls are exported.')),
  entry_count: v.number(),
  spend: v.pipe(v.number(), v.description('USD.')),
  parts: v.pipe(v.number(), v.description('Objects that are written.')),
  attempts: v.pipe(v.number(), v.description('Failures in a row.')),
  error: textOrNone,
  next_attempt_at: moment,
  created_at: moment,
  exported_at: v.pipe(moment, v.description('When the calls left the database.')),
})
const recordAnswer = named('SpendArchive', record)
const object = v.object({ name: v.string(), entry_count: v.number(), spend: v.number(), bytes: v.number(), sha256: v.string(), first_started_at: v.string(), last_started_at: v.string() })
const runAnswer = v.object({
  status: v.pipe(v.picklist(['done', 'running']), v.description('`running`: it goes on; the list shows how far it is.')),
  archived: v.pipe(v.number(), v.description('Weeks that were archived.')),
  failed: v.pipe(v.number(), v.description('Weeks that could not be.')),
})

/** `/spend/archives`: which weeks of the ledger are in cold storage, and moving them there. For admins. */
export function archiveRoutes({ archives, archiving, clock }: SpendOptions): readonly DocumentedRoute[] {
  const tag = 'Archives'
  if (!archives) return []
  const present = (): Archiving => presentArchiving(archiving)
  const run = async (): Promise<v.InferOutput<typeof runAnswer>> => {
    const { archiver } = present()
    const running = archiver.run(true)
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const timer = clock.after(WAIT_MS, () => resolve(undefined))
    // Who does not wait any more reads what became of it in the list.
    running.catch(() => {})
    const done: ArchiveRun | undefined = await Promise.race([running, late]).finally(() => timer.cancel())
    return done ? { status: 'done', ...done } : { status: 'running', archived: 0, failed: 0 }
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/archives'], permission: 'archives:read', tag, summary: 'Weeks of the ledger that are archived, or being archived, or were dropped; the oldest first.',
      search: v.object({
        status: choiceParam('Those of a status.', ['exporting', 'exported', 'archived', 'failed', 'dropped']), start_date: momentParam('From this day or moment on (UTC).'), end_date: momentParam('Before this day or moment (UTC).'),
        page: pageParam, page_size: numberParam('Weeks of a page.', 100, 1000),
      }),
      answer: v.object({
        archives: v.array(recordAnswer), total: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number(),
        storage: v.pipe(v.nullable(v.object({ type: v.string(), location: v.string() })), v.description('Where old calls are moved to; null: nowhere.')),
      }),
      async handle({ search: { status, start_date: from, end_date: to, page, page_size: size } }) {
        const { records, total } = await archives.list({ status, from, to, skip: skipped(page, size), limit: size })
        return { archives: records.map(toWire), total, page, page_size: size, total_pages: Math.ceil(total / size), storage: archiving ? { type: archiving.storageType, location: archiving.location } : null }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/spend/archives/:id'], permission: 'archives:read', tag, summary: 'One archive, with its objects.',
      answer: v.object({ ...record.entries, objects: v.array(object) }),
      async handle({ params: { id = '' } }) {
        const found = await archives.get(id)
        if (!found) throw notFound('id')
        return {
          ...toWire(found),
          objects: found.parts.map(({ name, rows, costNanoUsd, bytes, sha256, first, last }) => ({ name, entry_count: rows, spend: toUsd(costNanoUsd), bytes, sha256, first_started_at: iso(first.startedAt), last_started_at: iso(last.startedAt) })),
        }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/spend/archives/run'], permission: 'archives:write', tag, summary: 'Archives every week that is due, now; those that wait for their next attempt too.', answer: runAnswer,
      handle: () => run(),
    }),
    defineRoute({
      method: 'POST', paths: ['/spend/archives/:id/replay'], permission: 'archives:write', tag, summary: 'Tries a week again that failed too often.', answer: runAnswer,
      async handle({ params: { id = '' } }) {
        present()
        const found = await archives.get(id)
        if (!found) throw notFound('id')
        if (!(await present().archiver.replay(id))) throw new GatewayError('invalid_request', `This archive is ${found.status}: only what failed is tried again.`, { param: 'id' })
        return run()
      },
    }),
  ]
}

/** @throws `no_archive` */
export function presentArchiving(archiving: Archiving | undefined): Archiving {
  if (!archiving) throw new GatewayError('no_archive', 'Nothing is archived: `general_settings.spend_archive` names no cold store.')
  return archiving
}

function toWire({ id, from, to, generation, status, storageType, location, entries, costNanoUsd, parts, attempts, error, nextAttemptAt, createdAt, exportedAt }: ArchiveRecord): v.InferOutput<typeof record> {
  return {
    id, date_from: dayOf(from), date_to: dayOf(to), generation, status, storage_type: storageType || null, storage_location: location || null, manifest: status === 'archived' || status === 'exported' ? manifestName({ from, generation }) : null,
    entry_count: entries, spend: toUsd(costNanoUsd), parts: parts.length, attempts, error: error ?? null, next_attempt_at: instant(nextAttemptAt ?? null), created_at: instant(createdAt), exported_at: instant(exportedAt ?? null),
  }
}

const iso = (moment: number): string => new Date(moment).toISOString()
