import { command, type Inside, type Resource } from '../command.ts'
import { type Field, json, list, number, text, yes } from '../fields.ts'
import { column, listColumn, yesColumn } from '../print/column.ts'

const param = <const Name extends string>(name: Name, field: Field): Inside & { readonly object: 'litellm_params' } => ({ object: 'litellm_params', name, field })
const info = <const Name extends string>(name: Name, field: Field): Inside & { readonly object: 'model_info' } => ({ object: 'model_info', name, field })

/** `--api-key` is the key to the gateway. */
const inside = {
  model: param('model', text('what it is at its provider', 'openai/gpt-4o')),
  upstream_key: param('api_key', text('the key to its provider; kept encrypted, and seen by others on this machine while the command runs', 'KEY')),
  credential: param('litellm_credential_name', text('the credential that has the key (`tianjillm credentials`)', 'NAME')),
  api_base: param('api_base', text('the address of its provider', 'URL')),
  rpm: param('rpm', number('requests a minute that it takes')),
  tpm: param('tpm', number('tokens a minute that it takes')),
  params: param('...', json('further litellm_params: {"temperature": 0}')),
  access_groups: info('access_groups', list('groups that it is in')),
  info: info('...', json('further model_info: {"base_model": "gpt-4o"}')),
}
const row = [column('model_name', 'model'), column('model_id', 'id'), column('litellm_params', 'params'), column('model_info', 'info'), yesColumn('blocked')] as const

/** A deployment as `/model/info` shows it. */
interface Shown {
  readonly model_name: string
  readonly litellm_params: Readonly<Record<string, unknown>>
  readonly model_info: Readonly<Record<string, unknown>>
}

/** What of it stands in one line. */
function lineOf({ model_name, litellm_params: params, model_info: about }: Shown) {
  return {
    model: model_name, upstream: params['model'], id: about['id'], provider: about['litellm_provider'], api_base: params['api_base'], key: params['api_key'] ?? params['litellm_credential_name'], groups: about['access_groups'],
    from: about['db_model'] === true ? 'database' : 'config file', blocked: about['blocked'] === true, problem: about['error'], input: about['input_cost_per_token'], output: about['output_cost_per_token'], input_tokens: about['max_input_tokens'], output_tokens: about['max_output_tokens'],
  }
}

export const models: Resource = {
  name: 'models',
  summary: 'what callers can name as the model. ID is the deployment\'s, as `deployments` shows it.',
  alsoCalled: { ls: 'list', show: 'info', new: 'add', create: 'add', remove: 'delete', rm: 'delete' },
  commands: {
    list: command('get', '/v1/models', { summary: 'Lists the models that the key may call.', rows: ({ data }) => data, columns: [column('id', 'model'), column('owned_by', 'owner')] }),
    deployments: command('get', '/model/info', { summary: 'Lists what stands behind the models, and what is wrong with it.', rows: ({ data }) => data.map((one) => lineOf(one as Shown)), columns: [column('model'), column('upstream'), column('id'), column('from'), listColumn('groups'), yesColumn('blocked'), column('problem')] }),
    info: command('get', '/model/info', {
      summary: 'Shows one deployment.', arguments: [{ name: 'ID', in: 'query', field: 'litellm_model_id' }], record: ({ data: [found] }) => lineOf(found as Shown),
      columns: [column('model'), column('id'), column('upstream'), column('provider'), column('api_base', 'address'), column('key'), listColumn('groups'), column('from'), column('input', 'USD a token in'), column('output', 'USD a token out'), column('input_tokens', 'tokens in at most'), column('output_tokens', 'tokens out at most'), yesColumn('blocked'), column('problem')],
    }),
    add: command('post', '/model/new', { summary: 'Adds a model; it can be called at once.', arguments: [{ name: 'MODEL', in: 'body', field: 'model_name' }], body: { blocked: yes('keep it, and call it not') }, inside: { ...inside, id: info('id', text('an id of your own', 'ID')) }, record: (model) => model, columns: row }),
    update: command('post', '/model/update', {
      summary: 'Changes a deployment; what uses it from then on has the change.', arguments: [{ name: 'ID', in: 'body', field: 'model_info', inside: 'id' }], body: { model_name: text('the name that callers use', 'MODEL'), blocked: yes('whether it is kept and not called') }, inside, record: (model) => model, columns: row,
    }),
    delete: command('post', '/model/delete', { summary: 'Deletes a deployment.', arguments: [{ name: 'ID', in: 'body', field: 'id' }], said: ({ message }) => message }),
  },
}
