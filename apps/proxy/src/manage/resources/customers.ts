import { command, type Resource } from '../command.ts'
import { text, yes } from '../fields.ts'
import { column, momentColumn, yesColumn } from '../print/column.ts'
import { holderColumns, holderFlags, metadataFlag, spendColumns } from './limits.ts'
import { counted } from './pages.ts'

const flags = { alias: text('a name for people', 'NAME'), default_model: text('the model that its calls use', 'MODEL'), allowed_model_region: text('eu or us', 'REGION'), ...metadataFlag, ...holderFlags } as const
const details = [column('user_id', 'id'), column('alias'), yesColumn('blocked'), column('default_model'), column('allowed_model_region', 'region'), ...holderColumns, column('metadata'), momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated')] as const
const CUSTOMER = { name: 'CUSTOMER', in: 'body', field: 'user_id' } as const
const CUSTOMERS = { name: 'CUSTOMER', in: 'body', field: 'user_ids', many: 'several' } as const

export const customers: Resource = {
  name: 'customers',
  summary: 'end users. CUSTOMER is what calls send as `user`.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/customer/list', { summary: 'Lists end users that have a record.', rows: (found) => found, columns: [column('user_id', 'id'), column('alias'), ...spendColumns, column('default_model', 'model'), yesColumn('blocked')] }),
    info: command('get', '/customer/info', { summary: 'Shows one end user.', arguments: [{ name: 'CUSTOMER', in: 'query', field: 'end_user_id' }], record: (one) => one, columns: details }),
    create: command('post', '/customer/new', { summary: 'Makes an end user, with limits of its own.', arguments: [CUSTOMER], body: flags, record: (one) => one, columns: details }),
    update: command('post', '/customer/update', { summary: 'Changes an end user.', arguments: [CUSTOMER], body: { ...flags, blocked: yes('whether its calls are refused') }, record: (one) => one, columns: details }),
    block: command('post', '/customer/block', { summary: 'Refuses calls of end users, known or not.', arguments: [CUSTOMERS], said: ({ blocked_users }) => counted('Blocked', blocked_users.length, 'customer') }),
    unblock: command('post', '/customer/unblock', { summary: 'Lets blocked end users in again.', arguments: [CUSTOMERS], said: ({ blocked_users }) => counted('Unblocked', blocked_users.length, 'customer') }),
    delete: command('post', '/customer/delete', { summary: 'Deletes end users: all that are named, or none.', arguments: [CUSTOMERS], said: ({ deleted_customers }) => counted('Deleted', deleted_customers, 'customer') }),
  },
}
