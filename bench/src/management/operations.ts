/** One call of a route; `{n}` stands for the round. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/** A life of one thing: made, read, changed, listed, deleted. */
export interface Life {
  readonly name: string
  readonly calls: readonly Operation[]
}

const post = (path: string, body: unknown): Operation => ({ method: 'POST', path, body })
const get = (path: string): Operation => ({ method: 'GET', path })

/** What operators do. Each round leaves nothing behind. */
export const lives: readonly Life[] = [
  {
    name: 'keys',
    calls: [
      post('/key/generate', { key_alias: 'bench-{n}', key: 'sk-bench-key-of-this-round-{n}', max_budget: 10, rpm_limit: 100 }), get('/key/info?key=sk-bench-key-of-this-round-{n}'), post('/key/update', { key: 'sk-bench-key-of-this-round-{n}', max_budget: 20 }), post('/key/block', { key: 'sk-bench-key-of-this-round-{n}' }),
      post('/key/unblock', { key: 'sk-bench-key-of-this-round-{n}' }), post('/key/regenerate', { key: 'sk-bench-key-of-this-round-{n}', new_key: 'sk-bench-another-of-this-round-{n}' }), get('/key/list?size=50'), get('/key/list?return_full_object=true&size=50'), get('/key/aliases'), post('/key/delete', { keys: ['sk-bench-another-of-this-round-{n}'] }),
    ],
  },
  {
    name: 'teams',
    calls: [
      post('/team/new', { team_id: 'bench-{n}', max_budget: 10 }), post('/team/member_add', { team_id: 'bench-{n}', member: { user_id: 'bench-member-{n}', role: 'user' } }), get('/team/info?team_id=bench-{n}'), post('/team/update', { team_id: 'bench-{n}', tpm_limit: 5 }),
      post('/team/permissions_update', { team_id: 'bench-{n}', team_member_permissions: ['/key/generate'] }), get('/v2/team/list?page_size=50'), post('/team/delete', { team_ids: ['bench-{n}'] }), post('/user/delete', { user_ids: ['bench-member-{n}'] }),
    ],
  },
  { name: 'users', calls: [post('/user/new', { user_id: 'bench-{n}', auto_create_key: false }), get('/user/info?user_id=bench-{n}'), post('/user/update', { user_id: 'bench-{n}', max_budget: 5 }), get('/user/list?page_size=50'), post('/user/delete', { user_ids: ['bench-{n}'] })] },
  { name: 'organizations', calls: [post('/organization/new', { organization_id: 'bench-{n}', organization_alias: 'bench-{n}' }), get('/organization/info?organization_id=bench-{n}'), post('/organization/update', { organization_id: 'bench-{n}', max_budget: 5 }), post('/organization/delete', { organization_ids: ['bench-{n}'] })] },
  { name: 'budgets', calls: [post('/budget/new', { budget_id: 'bench-{n}', max_budget: 5 }), post('/budget/info', { budgets: ['bench-{n}'] }), post('/budget/update', { budget_id: 'bench-{n}', max_budget: 6 }), post('/budget/delete', { id: 'bench-{n}' })] },
  { name: 'customers', calls: [post('/customer/new', { user_id: 'bench-{n}', max_budget: 5 }), get('/customer/info?end_user_id=bench-{n}'), post('/customer/update', { user_id: 'bench-{n}', max_budget: 6 }), post('/customer/block', { user_ids: ['bench-{n}'] }), post('/customer/delete', { user_ids: ['bench-{n}'] })] },
  { name: 'tags', calls: [post('/tag/new', { name: 'bench-{n}', max_budget: 5 }), post('/tag/info', { names: ['bench-{n}'] }), post('/tag/update', { name: 'bench-{n}', description: 'b' }), get('/tag/list'), post('/tag/delete', { name: 'bench-{n}' })] },
  {
    name: 'models',
    calls: [
      post('/model/new', { model_name: 'bench-{n}', litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-bench' }, model_info: { id: 'bench-{n}' } }), get('/model/info?litellm_model_id=bench-{n}'), { method: 'PATCH', path: '/model/bench-{n}/update', body: { litellm_params: { rpm: 5 } } },
      post('/access_group/new', { access_group: 'bench-{n}', model_names: ['bench-{n}'] }), { method: 'DELETE', path: '/access_group/bench-{n}/delete' }, post('/model/delete', { id: 'bench-{n}' }),
    ],
  },
  { name: 'credentials', calls: [post('/credentials', { credential_name: 'bench-{n}', credential_values: { api_key: 'sk-bench' } }), get('/credentials/by_name/bench-{n}'), { method: 'PATCH', path: '/credentials/bench-{n}', body: { credential_info: { a: 1 } } }, { method: 'DELETE', path: '/credentials/bench-{n}' }] },
  { name: 'settings', calls: [post('/config/field/update', { field_name: 'global_max_parallel_requests', field_value: 1000 }), get('/config/list'), post('/config/field/delete', { field_name: 'global_max_parallel_requests' })] },
  { name: 'pass-through', calls: [post('/config/pass_through_endpoint', { id: 'bench-{n}', path: '/bench/{n}', target: 'https://example.com' }), { method: 'PUT', path: '/config/pass_through_endpoint', body: { id: 'bench-{n}', include_subpath: true } }, { method: 'DELETE', path: '/config/pass_through_endpoint?endpoint_id=bench-{n}' }] },
  { name: 'audit', calls: [get('/audit?page_size=50'), get('/audit?object_id=bench-1')] },
]
