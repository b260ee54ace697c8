import type { AuditEntry } from '@tianjillm/auth'
import * as v from 'valibot'
import { moment, openRecord, textOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import { choiceParam, momentParam, numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { type ManagementOptions, notFound } from '../service.ts'

const listSearch = v.object({
  page: pageParam,
  page_size: numberParam('Entries of a page.', 10, 100),
  next: textParam('The `next` of the page before: pages that stay right while entries come.'),
  changed_by: textParam('Who made the change, or whom they named in `litellm-changed-by`.'),
  changed_by_api_key: textParam('Hash of the key that asked for it.'),
  action: choiceParam('What was done.', ['created', 'updated', 'deleted', 'blocked', 'unblocked', 'rotated']),
  table_name: textParam('LiteLLM\'s name of the table, such as LiteLLM_TeamTable.'),
  object_id: textParam('Id of what was changed; of a key its hash.'),
  object_team_id: textParam('`team_id` of what was changed.'),
  object_key_hash: textParam('Hash of the key that was changed.'),
  start_date: momentParam('The first day or moment (UTC).'),
  end_date: momentParam('The day or moment before which it ends (UTC).'),
  sort_by: choiceParam('Entries are sorted by time.', ['updated_at']),
  sort_order: choiceParam('The newest come first.', ['desc']),
})
const entryAnswer = v.object({
  id: v.string(),
  updated_at: moment,
  changed_by: v.string(),
  litellm_changed_by: v.pipe(textOrNone, v.description('On whose behalf, by the caller\'s own word.')),
  changed_by_api_key: v.pipe(v.string(), v.description('Hash of the key; empty for the master key.')),
  action: v.string(),
  table_name: v.string(),
  object_id: v.string(),
  before_value: v.nullable(openRecord),
  updated_values: v.nullable(openRecord),
})

/** `/audit`: what was changed by whom, for admins and admin viewers. */
export function auditRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { audit, keys } = options.directory
  const reads = { method: 'GET', permission: 'audit:read', tag: 'Audit' } as const
  /** A key's entries hang on its own id, so that a rotation hides none of them. */
  const idOf = async (object: string): Promise<string> => (await keys.byHash(object))?.id ?? object

  return [
    defineRoute({
      ...reads, paths: ['/audit'], summary: 'What was changed by whom, newest first.', search: listSearch,
      answer: v.object({ audit_logs: v.array(entryAnswer), total: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number(), next: textOrNone }),
      async handle({ search: { page, page_size: size, next: after, ...asked } }) {
        const named = asked.object_key_hash ?? asked.object_id
        const object = named === undefined ? undefined : await idOf(named)
        const filter = {
          ...(asked.changed_by !== undefined && { by: asked.changed_by }), ...(asked.changed_by_api_key !== undefined && { keyHash: asked.changed_by_api_key }), ...(asked.action !== undefined && { action: asked.action }),
          ...(asked.table_name !== undefined && { table: asked.table_name }), ...(object !== undefined && { object }), ...(asked.object_team_id !== undefined && { teamId: asked.object_team_id }),
          ...(asked.start_date !== undefined && { from: asked.start_date }), ...(asked.end_date !== undefined && { to: asked.end_date }),
        }
        const { records, next, total } = await audit.list({ filter, limit: size, ...(after === undefined ? { skip: skipped(page, size) } : { after }) })
        return { audit_logs: records.map(entryToWire), total, page, page_size: size, total_pages: Math.ceil(total / size), next: next ?? null }
      },
    }),
    defineRoute({
      ...reads, paths: ['/audit/:id'], summary: 'One change.', answer: entryAnswer,
      async handle({ params }) {
        const entry = await audit.get(params['id']!)
        if (!entry) throw notFound('audit log')
        return entryToWire(entry)
      },
    }),
  ]
}

function entryToWire({ id, at, by, claimed, keyHash, action, table, objectId, before, after }: AuditEntry) {
  return { id, updated_at: instant(at), changed_by: by, litellm_changed_by: claimed, changed_by_api_key: keyHash ?? '', action, table_name: table, object_id: objectId, before_value: before, updated_values: after }
}
