import { describe, expect, it } from 'vitest'
import { masked, maskedTree, plainAddress } from './mask.ts'

describe('masks', () => {
  it('shows the end of long secrets, nothing of short ones, and where a reference points', () => {
    expect(['sk-abcdefghijklmnop', 'short', '', 7, { a: 'sk-abcdefghijklmnop' }, 'os.environ/OPENAI_API_KEY'].map(masked)).toEqual(['****mnop', '****', '****', '****', '****', 'os.environ/OPENAI_API_KEY'])
  })

  it('addresses lose what may be a secret in them', () => {
    expect(['https://u:p@host:8443/v1?key=a#b', 'postgres://u:p@db/x', 'http://[broken', 'eu-west-1'].map(plainAddress)).toEqual(['https://host:8443/v1', 'postgres://db/x', '****', 'eu-west-1'])
  })

  it('a tree keeps its form, and of texts those that are no secret', () => {
    const tree = { api_key: 'sk-abcdefghijklmnop', headers: { Authorization: 'Bearer a', list: ['x'] }, max_tokens: 5, input_cost_per_token: 1e-6, use_token: true, database_url: 'postgres://u:p@db/x', password: null }
    expect(maskedTree(tree)).toEqual({ api_key: '****mnop', headers: { Authorization: '****', list: ['x'] }, max_tokens: 5, input_cost_per_token: 1e-6, use_token: true, database_url: 'postgres://db/x', password: null })
    expect(maskedTree({ pass_through_endpoints: [{ path: '/x', target: 'https://a.example/x?key=1', headers: { 'x-plain': 'sk-abcdefghijklmnop' }, auth: true }] })).toEqual({ pass_through_endpoints: [{ path: '/x', target: 'https://a.example/x', headers: { 'x-plain': '****mnop' }, auth: true }] })
    expect(maskedTree({ spend_archive: { type: 'gcs', after: '90d', max_attempts: 3, gcs_path_service_account: '{"private_key":"..."}' } })).toEqual({ spend_archive: { type: 'gcs', after: '90d', max_attempts: 3, gcs_path_service_account: '****.."}' } })
    expect(maskedTree({ model: 'a/b', odd: 'secret', n: 1, list: ['x'] }, new Set(['model']))).toEqual({ model: 'a/b', odd: '****', n: 1, list: ['****'] })
  })
})
