import { command, type Inside, type Resource } from '../command.ts'
import { json, text } from '../fields.ts'
import { column } from '../print/column.ts'

const inside = {
  upstream_key: { object: 'credential_values', name: 'api_key', field: text('the key; kept encrypted, and seen by others on this machine while the command runs', 'KEY') },
  api_base: { object: 'credential_values', name: 'api_base', field: text('the address that it is for', 'URL') },
  values: { object: 'credential_values', name: '...', field: json('further values: {"aws_region_name": "eu-west-1"}') },
  info: { object: 'credential_info', name: '...', field: json('what is told of it: {"owner": "search"}') },
} as const satisfies Record<string, Inside>
const shown = [column('credential_name', 'name'), column('credential_values', 'values'), column('credential_info', 'info')] as const
const NAME = { name: 'NAME', in: 'path', field: 'credential_name' } as const

export const credentials: Resource = {
  name: 'credentials',
  summary: 'what models prove themselves with, under a name. Values are kept encrypted, and shown masked.',
  alsoCalled: { new: 'create', add: 'create', ls: 'list', show: 'info', remove: 'delete', rm: 'delete' },
  commands: {
    list: command('get', '/credentials', { summary: 'Lists credentials.', rows: ({ credentials: found }) => found, columns: shown }),
    info: command('get', '/credentials/by_name/{credential_name}', { summary: 'Shows one credential.', arguments: [NAME], record: (found) => found, columns: shown }),
    create: command('post', '/credentials', { summary: 'Keeps a credential.', arguments: [{ name: 'NAME', in: 'body', field: 'credential_name' }], body: { model_id: text('take the values of this deployment', 'ID') }, inside, said: ({ message }) => message }),
    update: command('patch', '/credentials/{credential_name}', { summary: 'Changes a credential; models that use it have the change at once.', arguments: [NAME], inside, said: ({ message }) => message }),
    delete: command('delete', '/credentials/{credential_name}', { summary: 'Deletes a credential; models that name it cannot be called then.', arguments: [NAME], said: ({ message }) => message }),
  },
}
