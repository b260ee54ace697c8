import { command, type Resource } from '../command.ts'
import { page, text } from '../fields.ts'
import { column, momentColumn } from '../print/column.ts'

const entry = [momentColumn('updated_at', 'at'), column('changed_by', 'by'), column('action'), column('table_name', 'what'), column('object_id', 'id')] as const

export const audit: Resource = {
  name: 'audit',
  summary: 'what was changed by whom. ENTRY is an entry\'s id, which `list --json` shows.',
  alsoCalled: { ls: 'list', log: 'list', show: 'info' },
  commands: {
    list: command('get', '/audit', {
      summary: 'Lists changes, newest first.',
      query: {
        page: page('the page, from 1 on'), page_size: page('entries of a page, 100 at most'), next: text('the page after one that said so', 'TEXT'), changed_by: text('by this user', 'ID'), action: text('created, updated, deleted, blocked, unblocked or rotated', 'ACTION'), table_name: text('of this kind, such as LiteLLM_TeamTable', 'TABLE'), object_id: text('of this one', 'ID'),
        start_date: text('from this day on, UTC', '2025-01-31'), end_date: text('before this day, UTC', '2025-02-01'),
      },
      always: { page_size: '50' },
      rows: ({ audit_logs: found }) => found, columns: [...entry, column('id', 'entry')],
      more: ({ next }) => (next === null ? undefined : `--next ${next} shows more.`),
    }),
    info: command('get', '/audit/{id}', { summary: 'Shows one change: what was, and what is.', arguments: [{ name: 'ENTRY', in: 'path', field: 'id' }], record: (found) => found, columns: [...entry, column('litellm_changed_by', 'on behalf of'), column('changed_by_api_key', 'with key'), column('before_value', 'before'), column('updated_values', 'after')] }),
  },
}
