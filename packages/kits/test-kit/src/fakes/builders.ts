import { type CallRecord, type ChatRequest, type EmbeddingRequest, usage } from '@tianjillm/core'

/** Stands for a credential wherever a test needs one. The suites look for it in errors and logs. */
export const TEST_SECRET = 'sk-tianjillm-test-3f9c1d7ab24e48d0'

let count = 0

/** A finished, successful chat call, with `overrides` over it. Ids differ from call to call. Frozen. */
export function callRecord(overrides: Partial<CallRecord> = {}): CallRecord {
  count += 1
  const startedAt = Date.UTC(2025, 0, 1, 12)
  return deepFreeze({
    id: `req_${String(count).padStart(6, '0')}`,
    operation: 'chat', status: 'success', stream: false,
    startedAt, firstByteAt: startedAt + 120, endedAt: startedAt + 480,
    model: 'team-gpt',
    deployment: { id: 'dep_1', provider: 'openai', model: 'gpt-4o-mini', apiBase: 'https://api.openai.com/v1' },
    caller: { keyAlias: 'ci', keyHash: 'a1b2c3', userId: 'user_1', teamId: 'team_1', organizationId: 'org_1', endUser: 'end_1', ip: '192.0.2.7' },
    usage: usage({ input: 12, cacheRead: 4, output: 7 }),
    costNanoUsd: 5_400,
    cacheHit: false, attempts: 1,
    tags: ['test'],
    metadata: { trace: 'abc' },
    text: {
      request: { model: 'team-gpt', messages: [{ role: 'user', content: 'Say hello.' }] },
      response: { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-4o-mini', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }] },
    },
    ...overrides,
  } satisfies CallRecord)
}

/** One record of each kind that a sink must be able to tell. */
export function callRecords(): Readonly<Record<'success' | 'failure' | 'cancelled' | 'blocked' | 'stream' | 'tools' | 'cached' | 'embeddings' | 'bare', CallRecord>> {
  const { deployment: _deployment, usage: _usage, costNanoUsd: _cost, tags: _tags, metadata: _metadata, text: _text, firstByteAt: _first, ...bare } = callRecord()
  return {
    success: callRecord(),
    failure: callRecord({ status: 'failure', attempts: 3, error: { code: 'upstream_rate_limit', status: 429, message: 'openai: Slow down' } }),
    cancelled: callRecord({ status: 'cancelled', stream: true, error: { code: 'client_closed', status: 499, message: 'The client went away.' } }),
    blocked: callRecord({
      status: 'blocked', attempts: 0, error: { code: 'guardrail_blocked', status: 400, message: 'Refused by "pii".' },
      guardrails: [{ name: 'pii', on: 'input', outcome: 'flag', durationMs: 3 }],
    }),
    stream: callRecord({ stream: true }),
    tools: callRecord({
      text: {
        request: chatRequest({ tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }] }),
        response: { id: 'chatcmpl-2', object: 'chat.completion', created: 1, model: 'gpt-4o-mini', choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }] }, finish_reason: 'tool_calls' }] },
      },
    }),
    cached: callRecord({ cacheHit: true, attempts: 0, costNanoUsd: 0 }),
    embeddings: callRecord({ operation: 'embeddings', text: { request: embeddingRequest() } }),
    bare: deepFreeze({ ...bare, caller: {} }),
  }
}

/** A small chat request, with `overrides` over it. */
export function chatRequest(overrides: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'test-model', messages: [{ role: 'user', content: 'Say hello.' }], ...overrides }
}

/** A small embedding request, with `overrides` over it. */
export function embeddingRequest(overrides: Partial<EmbeddingRequest> = {}): EmbeddingRequest {
  return { model: 'test-model', input: 'Say hello.', ...overrides }
}

/** Freezes plain objects and arrays, all the way down; bytes stay as they are. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
  return value
}
