import { command, type Resource } from '../command.ts'
import { duration, json, list, page, text, yes } from '../fields.ts'
import { column, listColumn, momentColumn, usdColumn, yesColumn } from '../print/column.ts'
import { holderColumns, holderFlags, metadataFlag, modelsFlag } from './limits.ts'
import { counted, pageOf } from './pages.ts'

const flags = {
  key_alias: text('a name for people', 'NAME'),
  duration: duration('how long it lives'),
  ...modelsFlag,
  user_id: text('the user it belongs to', 'ID'),
  team_id: text('the team it belongs to', 'ID'),
  organization_id: text('the organization it belongs to', 'ID'),
  tags: list('tags of every call with it'),
  allowed_routes: list('the routes it may use, such as /chat/completions or llm_api_routes'),
  aliases: json('other names for models: {"fast": "gpt-4o-mini"}'),
  ...metadataFlag,
  ...holderFlags,
} as const
const details = [
  column('key_alias', 'alias'), column('key_name', 'name'), column('user_id', 'user'), column('team_id', 'team'), column('organization_id', 'organization'), listColumn('models'), column('aliases'), listColumn('tags'), listColumn('allowed_routes'),
  column('key_type', 'type'), yesColumn('blocked'), momentColumn('expires'), ...holderColumns, column('metadata'), momentColumn('created_at', 'created'), column('created_by', 'by'), momentColumn('updated_at', 'updated'),
] as const
const row = [column('token', 'id'), ...details] as const
const made = [column('key', 'key'), ...row] as const
const KEY = { name: 'KEY', in: 'body', field: 'key' } as const

export const keys: Resource = {
  name: 'keys',
  summary: 'virtual keys, which callers use. KEY is a key, or its id as `list` shows it.',
  alsoCalled: { new: 'create', generate: 'create', rotate: 'regenerate', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/key/list', {
      summary: 'Lists keys, newest first.',
      query: { page: page('the page, from 1 on'), size: page('keys of a page, 100 at most'), user_id: text('of this user', 'ID'), team_id: text('of this team', 'ID'), organization_id: text('of this organization', 'ID'), key_alias: text('with this alias', 'NAME') },
      always: { return_full_object: 'true' },
      rows: ({ keys: found }) => found.filter((key) => typeof key === 'object'),
      columns: [column('key_alias', 'alias'), column('key_name', 'name'), column('user_id', 'user'), column('team_id', 'team'), usdColumn('spend'), usdColumn('max_budget', 'budget'), momentColumn('expires'), yesColumn('blocked'), column('token', 'id')],
      more: ({ current_page, total_pages, total_count }) => pageOf(current_page, total_pages, total_count),
    }),
    info: command('get', '/key/info', { summary: 'Shows one key; without KEY the one that asks.', arguments: [{ name: 'KEY', in: 'query', field: 'key', optional: true }], record: ({ info }) => info, columns: details }),
    create: command('post', '/key/generate', { summary: 'Makes a key, and shows it this once.', body: { ...flags, key_type: text('default, llm_api, management or read_only', 'TYPE') }, record: (key) => key, columns: made }),
    update: command('post', '/key/update', { summary: 'Changes a key.', arguments: [KEY], body: { ...flags, blocked: yes('whether it is refused') }, record: (key) => key, columns: row }),
    regenerate: command('post', '/key/regenerate', {
      summary: 'Gives a key a new secret, and shows it this once.', arguments: [KEY], body: { grace_period: duration('how long the old secret works on'), duration: duration('how long the key lives from now on') }, record: (key) => key, columns: made,
    }),
    block: command('post', '/key/block', { summary: 'Refuses a key from now on.', arguments: [KEY], said: (key) => `Blocked ${key.key_alias ?? key.key_name}.` }),
    unblock: command('post', '/key/unblock', { summary: 'Lets a blocked key in again.', arguments: [KEY], said: (key) => `Unblocked ${key.key_alias ?? key.key_name}.` }),
    delete: command('post', '/key/delete', {
      summary: 'Deletes keys: all that are named, or none.', arguments: [{ name: 'KEY', in: 'body', field: 'keys', many: 'several', optional: true }], body: { key_aliases: list('keys by alias') },
      said: ({ deleted_keys }) => counted('Deleted', deleted_keys.length, 'key'),
    }),
  },
}
