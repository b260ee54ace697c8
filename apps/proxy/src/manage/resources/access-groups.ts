import { command, type Resource } from '../command.ts'
import { list } from '../fields.ts'
import { column, listColumn, wholeColumn } from '../print/column.ts'

const members = { model_names: list('all deployments of these models'), model_ids: list('these deployments') } as const
const shown = [column('access_group', 'group'), listColumn('model_names', 'models'), wholeColumn('deployment_count', 'deployments')] as const
const GROUP = { name: 'GROUP', in: 'path', field: 'access_group' } as const

export const accessGroups: Resource = {
  name: 'access-groups',
  summary: 'names that lists of models may use for several models at once.',
  alsoCalled: { new: 'create', add: 'create', ls: 'list', show: 'info', remove: 'delete', rm: 'delete' },
  commands: {
    list: command('get', '/access_group/list', { summary: 'Lists groups.', rows: ({ access_groups: found }) => found, columns: shown }),
    info: command('get', '/access_group/{access_group}/info', { summary: 'Shows one group.', arguments: [GROUP], record: (group) => group, columns: shown }),
    create: command('post', '/access_group/new', { summary: 'Makes a group.', arguments: [{ name: 'GROUP', in: 'body', field: 'access_group' }], body: members, said: ({ access_group: group, models_updated: count }) => `Made ${group} of ${count} deployment${count === 1 ? '' : 's'}.` }),
    update: command('put', '/access_group/{access_group}/update', { summary: 'Puts other models into a group.', arguments: [GROUP], body: members, said: ({ access_group: group, models_updated: count }) => `${group} has ${count} deployment${count === 1 ? '' : 's'} now.` }),
    delete: command('delete', '/access_group/{access_group}/delete', { summary: 'Deletes a group; its models stay.', arguments: [GROUP], said: ({ message }) => `${message}.` }),
  },
}
