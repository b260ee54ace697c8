import { usage } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { finishedCall as call } from '@tianjillm/test-kit'
import { mapRecord } from './map-record.ts'

const request = { model: 'gpt-5', messages: [{ role: 'user', content: 'Hi' }], temperature: 0.2, stream: true }
const response = { id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] }

describe('mapRecord', () => {
  it('maps a successful call', () => {
    const start = Date.UTC(2026, 0, 2, 3, 4, 5, 250) / 1000
    expect(mapRecord(call({ id: 'c1', tags: ['prod'], text: { request, response }, metadata: { session: 's', api_key: 'sk-1' } }))).toEqual({
      type: 'call.succeeded',
      timestamp: '2026-01-02T03:04:06.750Z',
      id: 'c1',
      call_type: 'acompletion',
      stream: false,
      status: 'success',
      outcome: 'success',
      model: 'gpt-5-2026-01-01',
      model_group: 'gpt-5',
      model_id: 'dep-1',
      custom_llm_provider: 'openai',
      api_base: 'https://api.openai.com/v1',
      startTime: start,
      completionStartTime: null,
      endTime: start + 1.5,
      prompt_tokens: 14,
      completion_tokens: 8,
      total_tokens: 22,
      response_cost: 0.0012345,
      cache_hit: false,
      attempts: 1,
      request_tags: ['prod'],
      end_user: 'end-1',
      requester_ip_address: '192.0.2.7',
      error_str: null,
      error_information: null,
      guardrail_information: [],
      metadata: {
        user_api_key_hash: 'a1b2',
        user_api_key_alias: 'ci',
        user_api_key_user_id: 'user-1',
        user_api_key_team_id: 'team-1',
        user_api_key_org_id: 'org-1',
        user_api_key_end_user_id: 'end-1',
        requester_metadata: { session: 's', api_key: '[secret]' },
        applied_guardrails: [],
        usage_object: { prompt_tokens: 14, completion_tokens: 8, total_tokens: 22, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 }, cache_read_input_tokens: 4 },
      },
      messages: [{ role: 'user', content: 'Hi' }],
      model_parameters: { temperature: 0.2, stream: true },
      response,
    })
  })

  it('maps a stream with the time of its first byte', () => {
    const record = call({ stream: true, firstByteAt: Date.UTC(2026, 0, 2, 3, 4, 5, 750) })
    expect(mapRecord(record)).toMatchObject({ stream: true, completionStartTime: Date.UTC(2026, 0, 2, 3, 4, 5, 750) / 1000 })
  })

  it('maps a failed call, keys in the query of its base removed', () => {
    const { usage: _usage, costNanoUsd: _cost, ...rest } = call()
    const payload = mapRecord({ ...rest, status: 'failure', attempts: 3, deployment: { id: 'd', provider: 'gemini', model: 'g', apiBase: 'https://g.test/v1?key=hush' }, error: { code: 'upstream_overloaded', status: 503, message: 'The provider is down.' } })
    expect(payload).toMatchObject({
      type: 'call.failed', status: 'failure', outcome: 'failure', attempts: 3, api_base: 'https://g.test/v1',
      total_tokens: 0, response_cost: null, error_str: 'The provider is down.',
      error_information: { error_code: '503', error_class: 'upstream_overloaded', error_message: 'The provider is down.', llm_provider: 'gemini' },
      metadata: { usage_object: null },
    })
  })

  it('maps a blocked call, which has no deployment', () => {
    const { deployment: _deployment, usage: _usage, ...rest } = call()
    const payload = mapRecord({ ...rest, status: 'blocked', error: { code: 'guardrail_blocked', status: 400, message: 'Refused by pii.' }, guardrails: [{ name: 'pii', on: 'input', outcome: 'flag', durationMs: 12 }, { name: 'tone', on: 'output', outcome: 'error', durationMs: 500 }] })
    expect(payload).toMatchObject({
      status: 'failure', outcome: 'blocked', model: 'gpt-5', model_id: null, custom_llm_provider: null,
      guardrail_information: [
        { guardrail_name: 'pii', guardrail_mode: 'pre_call', guardrail_status: 'guardrail_intervened', duration: 0.012 },
        { guardrail_name: 'tone', guardrail_mode: 'post_call', guardrail_status: 'guardrail_failed_to_respond', duration: 0.5 },
      ],
      metadata: { applied_guardrails: ['pii', 'tone'] },
    })
  })

  it('maps a cached answer', () => {
    expect(mapRecord(call({ cacheHit: true, costNanoUsd: 0 }))).toMatchObject({ cache_hit: true, response_cost: 0 })
  })

  it('maps an embedding: its input stands where messages do', () => {
    const payload = mapRecord(call({ operation: 'embeddings', usage: usage({ input: 8 }), text: { request: { model: 'e', input: ['a', 'b'], dimensions: 256 } } }))
    expect(payload).toMatchObject({ call_type: 'aembedding', prompt_tokens: 8, completion_tokens: 0, messages: ['a', 'b'], model_parameters: { dimensions: 256 }, response: null })
  })

  it('keeps tools among the parameters and tool calls in the response', () => {
    const tools = [{ type: 'function', function: { name: 'weather' } }]
    const answer = { choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: [{ id: 't1', type: 'function', function: { name: 'weather', arguments: '{}' } }] }, finish_reason: 'tool_calls' }] }
    expect(mapRecord(call({ text: { request: { ...request, tools }, response: answer } }))).toMatchObject({ model_parameters: { tools }, response: answer })
  })

  it('has no texts when there are none', () => {
    expect(mapRecord(call())).toMatchObject({ messages: null, model_parameters: null, response: null })
  })
})
