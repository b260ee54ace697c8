import { command, type Resource } from '../command.ts'
import { duration, json, list, number, text, usd, yes } from '../fields.ts'
import { column, listColumn, momentColumn, usdColumn, wholeColumn, yesColumn } from '../print/column.ts'
import { holderColumns, holderFlags, metadataFlag, modelsFlag, spendColumns } from './limits.ts'
import { counted } from './pages.ts'

const flags = {
  team_alias: text('a name for people', 'NAME'),
  organization_id: text('the organization it is in', 'ID'),
  ...modelsFlag,
  model_aliases: json('other names for models: {"fast": "gpt-4o-mini"}'),
  tags: list('tags of every call of its keys'),
  team_member_budget: usd('what each member may spend in it'),
  team_member_budget_duration: duration('the period of that'),
  ...metadataFlag,
  ...holderFlags,
} as const
const memberFlags = { max_budget_in_team: usd('what the user may spend in the team'), budget_duration: duration('the period of that'), rpm_limit: number('requests a minute of the user in the team'), tpm_limit: number('tokens a minute of the user in the team') } as const
const details = [
  column('team_id', 'id'), column('team_alias', 'alias'), column('organization_id', 'organization'), listColumn('admins'), listColumn('members'), listColumn('models'), column('model_aliases'), listColumn('tags'), yesColumn('blocked'),
  ...holderColumns, usdColumn('team_member_budget', 'budget of each member'), column('metadata'), momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated'),
] as const
const TEAM = { name: 'TEAM', in: 'body', field: 'team_id' } as const
const USER = { name: 'USER', in: 'body', field: 'user_id' } as const

export const teams: Resource = {
  name: 'teams',
  summary: 'teams and who is in them. TEAM and USER are ids.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/team/list', {
      summary: 'Lists teams.', query: { organization_id: text('of this organization', 'ID'), user_id: text('with this user', 'ID') },
      rows: (found) => found, columns: [column('team_alias', 'alias'), ...spendColumns, listColumn('members'), listColumn('models'), yesColumn('blocked'), column('team_id', 'id')],
    }),
    info: command('get', '/team/info', { summary: 'Shows one team.', arguments: [{ name: 'TEAM', in: 'query', field: 'team_id' }], record: ({ team_info }) => team_info, columns: details }),
    create: command('post', '/team/new', { summary: 'Makes a team.', body: { team_id: text('an id of your own', 'ID'), ...flags }, record: (team) => team, columns: details }),
    update: command('post', '/team/update', { summary: 'Changes a team.', arguments: [TEAM], body: { ...flags, blocked: yes('whether all its keys are refused') }, record: ({ data }) => data, columns: details }),
    block: command('post', '/team/block', { summary: 'Refuses all keys of a team from now on.', arguments: [TEAM], said: (team) => `Blocked ${team.team_alias ?? team.team_id}.` }),
    unblock: command('post', '/team/unblock', { summary: 'Lets a blocked team in again.', arguments: [TEAM], said: (team) => `Unblocked ${team.team_alias ?? team.team_id}.` }),
    delete: command('post', '/team/delete', { summary: 'Deletes teams with their keys: all that are named, or none.', arguments: [{ name: 'TEAM', in: 'body', field: 'team_ids', many: 'several' }], said: (gone) => counted('Deleted', gone.length, 'team') }),
    'add-member': command('post', '/team/member_add', {
      summary: 'Puts users into a team.', arguments: [TEAM, { name: 'USER', in: 'body', field: 'member', many: 'several', as: (user_id) => ({ user_id, role: 'user' }) }], body: memberFlags,
      said: ({ updated_users, team_id }) => `${counted('Added', updated_users.length, 'member').slice(0, -1)} to ${team_id}.`,
    }),
    'add-admin': command('post', '/team/member_add', {
      summary: 'Puts users into a team who manage it.', arguments: [TEAM, { name: 'USER', in: 'body', field: 'member', many: 'several', as: (user_id) => ({ user_id, role: 'admin' }) }], body: memberFlags,
      said: ({ updated_users, team_id }) => `${counted('Added', updated_users.length, 'admin').slice(0, -1)} to ${team_id}.`,
    }),
    'update-member': command('post', '/team/member_update', {
      summary: 'Changes a user\'s role and limits in a team.', arguments: [TEAM, USER], body: { role: text('admin or user', 'ROLE'), ...memberFlags },
      record: (place) => place, columns: [column('team_id', 'team'), column('user_id', 'user'), column('role'), usdColumn('max_budget_in_team', 'budget'), column('budget_duration', 'per'), wholeColumn('rpm_limit', 'requests a minute'), wholeColumn('tpm_limit', 'tokens a minute')],
    }),
    'remove-member': command('post', '/team/member_delete', { summary: 'Takes a user out of a team, and deletes its keys of the team.', arguments: [TEAM, USER], said: ({ team_id }) => `Removed the user from ${team_id}.` }),
  },
}
