import { command, type Resource } from '../command.ts'
import { duration, page, text, yes } from '../fields.ts'
import { column, listColumn, momentColumn, wholeColumn, yesColumn } from '../print/column.ts'
import { holderColumns, holderFlags, metadataFlag, modelsFlag, spendColumns } from './limits.ts'
import { counted, pageOf } from './pages.ts'

const role = text('proxy_admin, proxy_admin_viewer, internal_user or internal_user_viewer', 'ROLE')
const flags = { user_email: text('e-mail address', 'ADDRESS'), user_alias: text('a name for people', 'NAME'), user_role: role, ...modelsFlag, ...metadataFlag, ...holderFlags } as const
const details = [
  column('user_id', 'id'), column('user_email', 'e-mail'), column('user_alias', 'alias'), column('user_role', 'role'), listColumn('teams'), listColumn('models'), yesColumn('blocked'), ...holderColumns, column('metadata'), momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated'),
] as const

export const users: Resource = {
  name: 'users',
  summary: 'users of the gateway. USER is an id.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/user/list', {
      summary: 'Lists users.', query: { page: page('the page, from 1 on'), page_size: page('users of a page, 100 at most'), role: { ...role, summary: `with this role: ${role.summary}` }, user_email: text('with this address', 'ADDRESS') },
      rows: ({ users: found }) => found, columns: [column('user_id', 'id'), column('user_email', 'e-mail'), column('user_role', 'role'), ...spendColumns, wholeColumn('key_count', 'keys'), listColumn('teams'), yesColumn('blocked')],
      more: ({ page: at, total_pages, total }) => pageOf(at, total_pages, total),
    }),
    info: command('get', '/user/info', { summary: 'Shows one user; without USER the one who asks.', arguments: [{ name: 'USER', in: 'query', field: 'user_id', optional: true }], record: ({ user_info }) => user_info, columns: details }),
    create: command('post', '/user/new', {
      summary: 'Makes a user, and a key for it unless --no-auto-create-key is said.',
      body: { user_id: text('an id of your own', 'ID'), ...flags, auto_create_key: yes('whether a key is made too'), key_alias: text('alias of the key', 'NAME'), duration: duration('how long the key lives'), team_id: text('the team of the key', 'ID') },
      record: (user) => user, columns: [column('key'), ...details],
    }),
    update: command('post', '/user/update', { summary: 'Changes a user.', arguments: [{ name: 'USER', in: 'body', field: 'user_id' }], body: { ...flags, blocked: yes('whether all its keys are refused') }, record: (user) => user, columns: details }),
    delete: command('post', '/user/delete', { summary: 'Deletes users with their keys: all that are named, or none.', arguments: [{ name: 'USER', in: 'body', field: 'user_ids', many: 'several' }], said: ({ deleted_users }) => counted('Deleted', deleted_users, 'user') }),
  },
}
