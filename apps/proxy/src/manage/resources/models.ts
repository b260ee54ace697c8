import { command, type Resource } from '../command.ts'
import { column } from '../print/column.ts'

export const models: Resource = {
  name: 'models',
  summary: 'what callers can name as the model.',
  alsoCalled: { ls: 'list', show: 'info' },
  commands: {
    list: command('get', '/v1/models', { summary: 'Lists the models that the key may call.', rows: ({ data }) => data, columns: [column('id', 'model'), column('owned_by', 'owner')] }),
    info: command('get', '/v1/models/{model}', { summary: 'Shows one model that the key may call.', arguments: [{ name: 'MODEL', in: 'path', field: 'model' }], record: (model) => model, columns: [column('id', 'model'), column('owned_by', 'owner')] }),
  },
}
