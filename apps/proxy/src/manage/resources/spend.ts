import type { components } from '@tianjillm/client'
import { command, type Resource } from '../command.ts'
import { text } from '../fields.ts'
import { column, momentColumn, usdColumn, wholeColumn } from '../print/column.ts'

export const spend: Resource = {
  name: 'spend',
  summary: 'what was spent.',
  alsoCalled: { total: 'summary' },
  commands: {
    summary: command('get', '/global/spend', { summary: 'Shows what was spent in all.', record: (total) => total, columns: [usdColumn('spend', 'spent')] }),
    logs: command('get', '/spend/logs', {
      summary: 'Lists calls, newest first.',
      query: { limit: text('calls of a page, 1000 at most', 'N'), next: text('the page after one that said so', 'TEXT'), api_key: text('of this key, or its id', 'KEY'), user_id: text('of this user', 'ID'), team_id: text('of this team', 'ID'), model: text('of this model', 'MODEL'), request_id: text('of this call', 'ID'), start_date: text('from this day on, UTC', '2025-01-31'), end_date: text('before this day, UTC', '2025-02-01') },
      always: { summarize: 'false', limit: '50' },
      // Sums of days are not asked for.
      rows: (answer) => ('data' in answer ? answer.data : (answer as readonly components['schemas']['SpendLog'][])),
      columns: [momentColumn('startTime', 'at'), column('model_group', 'model'), column('user'), column('status'), wholeColumn('prompt_tokens', 'in'), wholeColumn('completion_tokens', 'out'), usdColumn('spend'), column('request_id', 'id')],
      more: (answer) => ('data' in answer && answer.next !== null ? `--next ${answer.next} shows more.` : undefined),
    }),
  },
}
