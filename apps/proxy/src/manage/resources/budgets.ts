import { command, type Resource } from '../command.ts'
import { text } from '../fields.ts'
import { column, momentColumn, usdColumn, wholeColumn } from '../print/column.ts'
import { limitColumns, limitFlags } from './limits.ts'

const details = [column('budget_id', 'id'), ...limitColumns, momentColumn('budget_reset_at', 'begins anew'), momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated')] as const
const BUDGET = { name: 'BUDGET', in: 'body', field: 'budget_id' } as const

export const budgets: Resource = {
  name: 'budgets',
  summary: 'limits under a name, which many may share (--budget-id). BUDGET is an id.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/budget/list', { summary: 'Lists budgets.', rows: (found) => found, columns: [column('budget_id', 'id'), usdColumn('max_budget', 'budget'), column('budget_duration', 'per'), wholeColumn('rpm_limit', 'rpm'), wholeColumn('tpm_limit', 'tpm'), wholeColumn('max_parallel_requests', 'at once'), momentColumn('budget_reset_at', 'begins anew')] }),
    info: command('post', '/budget/info', { summary: 'Shows one budget.', arguments: [{ name: 'BUDGET', in: 'body', field: 'budgets', many: 'wrapped' }], rows: (found) => found, columns: details }),
    create: command('post', '/budget/new', { summary: 'Makes a budget.', arguments: [{ ...BUDGET, optional: true }], body: limitFlags, record: (budget) => budget, columns: details }),
    update: command('post', '/budget/update', { summary: 'Changes a budget, for all that name it.', arguments: [BUDGET], body: limitFlags, record: (budget) => budget, columns: details }),
    delete: command('post', '/budget/delete', { summary: 'Deletes a budget, and lifts its limits.', arguments: [{ name: 'BUDGET', in: 'body', field: 'id' }], said: ({ budget_id }) => `Deleted ${budget_id}.` }),
    explain: command('get', '/budget/explain', {
      summary: 'Shows every limit of one owner, and how it stands.',
      arguments: [{ name: 'SCOPE', in: 'query', field: 'scope' }, { name: 'ID', in: 'query', field: 'id', optional: true }],
      query: { scope: text('key, team, user, member, organization, end_user, tag, provider or proxy', 'SCOPE') },
      rows: ({ limits }) => limits, columns: [column('limit_type', 'limit'), column('model'), column('window'), wholeColumn('limit', 'at most'), wholeColumn('settled', 'used'), wholeColumn('held'), wholeColumn('remaining', 'left'), momentColumn('resets_at', 'begins anew'), column('source', 'from')],
    }),
  },
}
