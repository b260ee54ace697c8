import { command, type Resource } from '../command.ts'
import { text, yes } from '../fields.ts'
import { column, listColumn, momentColumn, yesColumn } from '../print/column.ts'
import { holderColumns, holderFlags, metadataFlag, modelsFlag, spendColumns } from './limits.ts'
import { counted } from './pages.ts'

const flags = { organization_alias: text('a name for people', 'NAME'), ...modelsFlag, ...metadataFlag, ...holderFlags } as const
const details = [column('organization_id', 'id'), column('organization_alias', 'alias'), listColumn('models'), yesColumn('blocked'), ...holderColumns, column('members'), column('teams'), column('metadata'), momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated')] as const
const ORGANIZATION = { name: 'ORGANIZATION', in: 'body', field: 'organization_id' } as const
const membersOf = (role: string) => [ORGANIZATION, { name: 'USER', in: 'body', field: 'member', many: 'several', as: (user_id: string) => ({ user_id, role }) }] as const

export const organizations: Resource = {
  name: 'organizations',
  summary: 'organizations and who is in them. ORGANIZATION and USER are ids.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/organization/list', { summary: 'Lists organizations.', rows: (found) => found, columns: [column('organization_alias', 'alias'), ...spendColumns, listColumn('models'), yesColumn('blocked'), column('organization_id', 'id')] }),
    info: command('get', '/organization/info', { summary: 'Shows one organization.', arguments: [{ name: 'ORGANIZATION', in: 'query', field: 'organization_id' }], record: (one) => one, columns: details }),
    create: command('post', '/organization/new', { summary: 'Makes an organization.', body: { organization_id: text('an id of your own', 'ID'), ...flags }, record: (one) => one, columns: details }),
    update: command('patch', '/organization/update', { summary: 'Changes an organization.', arguments: [ORGANIZATION], body: { ...flags, blocked: yes('whether everybody in it is refused') }, record: (one) => one, columns: details }),
    delete: command('post', '/organization/delete', { summary: 'Deletes organizations without teams.', arguments: [{ name: 'ORGANIZATION', in: 'body', field: 'organization_ids', many: 'several' }], said: (gone) => counted('Deleted', gone.length, 'organization') }),
    'add-member': command('post', '/organization/member_add', { summary: 'Puts users into an organization.', arguments: membersOf('internal_user'), said: ({ updated_users }) => counted('Added', updated_users.length, 'member') }),
    'add-admin': command('post', '/organization/member_add', { summary: 'Puts users into an organization who manage it.', arguments: membersOf('org_admin'), said: ({ updated_users }) => counted('Added', updated_users.length, 'admin') }),
    'remove-member': command('delete', '/organization/member_delete', { summary: 'Takes a user out of an organization.', arguments: [ORGANIZATION, { name: 'USER', in: 'body', field: 'user_id' }], said: ({ user_id, organization_id }) => `Removed ${user_id} from ${organization_id}.` }),
  },
}
