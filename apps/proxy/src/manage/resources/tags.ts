import { command, type Resource } from '../command.ts'
import { text } from '../fields.ts'
import { column, listColumn, momentColumn } from '../print/column.ts'
import { holderColumns, holderFlags, modelsFlag, spendColumns } from './limits.ts'

const flags = { description: text('what it is for'), ...modelsFlag, ...holderFlags } as const
const details = [column('name'), column('description'), listColumn('models'), ...holderColumns, momentColumn('created_at', 'created'), momentColumn('updated_at', 'updated')] as const
const TAG = { name: 'TAG', in: 'body', field: 'name' } as const

export const tags: Resource = {
  name: 'tags',
  summary: 'tags of calls, and their limits.',
  alsoCalled: { new: 'create', ls: 'list', remove: 'delete', rm: 'delete', show: 'info' },
  commands: {
    list: command('get', '/tag/list', { summary: 'Lists tags, also those that calls alone named.', rows: (found) => found, columns: [column('name'), column('description'), ...spendColumns, listColumn('models')] }),
    info: command('post', '/tag/info', { summary: 'Shows tags.', arguments: [{ name: 'TAG', in: 'body', field: 'names', many: 'wrapped' }], record: (found) => Object.values(found)[0]!, columns: details }),
    create: command('post', '/tag/new', { summary: 'Makes a tag.', arguments: [TAG], body: flags, record: ({ tag }) => tag, columns: details }),
    update: command('post', '/tag/update', { summary: 'Changes a tag.', arguments: [TAG], body: flags, record: ({ tag }) => tag, columns: details }),
    delete: command('post', '/tag/delete', { summary: 'Deletes a tag, and lifts its limits.', arguments: [TAG], said: ({ message }) => message }),
  },
}
