import { describe, expect, it } from 'vitest'
import { addRateHeaders, forever, type LimitRule, type LimitState, refusal } from './index.ts'

const NOW = Date.parse('2026-06-10T12:00:30Z')
const state = (rule: Partial<LimitRule>, more: Partial<LimitState> = {}): LimitState => ({
  rule: { id: 'x', scope: 'team', owner: 't1', name: 'research', counted: 'requests', limit: 10, window: '1m', period: forever, ...rule },
  limit: rule.limit ?? 10, used: 10, held: 0, resetsAt: NOW + 29_500, ...more,
})
const free = { nanoUsd: 0, inputTokens: 0, outputTokens: 0 }

describe('refusal', () => {
  it('names whose limit it is, what it counts, the window and the reset', () => {
    const error = refusal(state({ model: 'gpt' }), free, NOW)
    expect(error.message).toBe('Rate limit exceeded for team "research", model "gpt". Limit type: requests. Current limit: 10 (1m), remaining: 0. Limit resets at: 2026-06-10 12:00:59 UTC.')
    expect([error.status, error.type, error.retryAfter]).toEqual([429, 'throttling_error', 30])
    expect(error.headers).toEqual({ rate_limit_type: 'requests', reset_at: '2026-06-10T12:00:59.500Z', 'x-ratelimit-limit-requests': '10', 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '30s' })
  })

  it('parallel requests wait for one to end, not for a clock', () => {
    const error = refusal(state({ counted: 'parallel', scope: 'end_user' }, { resetsAt: Number.POSITIVE_INFINITY }), free, NOW)
    expect(error.message).toContain('end user "research". Limit type: max_parallel_requests. Current limit: 10 (1m), remaining: 0. A place becomes free')
    expect([error.code, error.retryAfter, error.headers]).toEqual(['too_many_parallel_requests', 1, { rate_limit_type: 'concurrent_requests' }])
  })

  it.each([
    ['spent, and never resets: no retry', { used: 1_000_000_000, resetsAt: Number.POSITIVE_INFINITY }, undefined],
    ['spent, and resets', { used: 1_000_000_000, resetsAt: NOW + 3_600_000 }, 3600],
    ['held by others: soon', { used: 0, held: 1_000_000_000, resetsAt: NOW + 3_600_000 }, 1],
    ['too dear for the budget even alone', { used: 900_000_000, held: 1, resetsAt: NOW + 3_600_000 }, 3600],
  ])('a budget that is %s', (_name, more, retryAfter) => {
    const error = refusal(state({ counted: 'budget', limit: 1_000_000_000, window: '30d' }, more), { ...free, nanoUsd: 200_000_001 }, NOW)
    expect([error.code, error.status, error.retryAfter]).toEqual(['budget_exceeded', 429, retryAfter])
    expect(error.message).toMatch(/^Budget has been exceeded! Current cost: [\d.]+, Max budget: 1\.0\. Budget of team "research"; held by calls in flight: [\d.]+, this call may cost: 0\.200000001\. The /)
  })
})

it('addRateHeaders tells the tightest limit of each kind', () => {
  const states = [state({ counted: 'requests', limit: 100 }, { used: 1 }), state({ counted: 'requests', limit: 5 }, { used: 4 }), state({ counted: 'output_tokens', limit: 50 }, { used: 70 }), state({ counted: 'budget' })]
  const headers = ['x-a', '1']
  addRateHeaders(headers, states, NOW)
  expect(headers).toEqual([
    'x-a', '1',
    'x-ratelimit-limit-requests', '5', 'x-ratelimit-remaining-requests', '1', 'x-ratelimit-reset-requests', '30s',
    'x-ratelimit-limit-tokens', '50', 'x-ratelimit-remaining-tokens', '0', 'x-ratelimit-reset-tokens', '30s',
  ])
})
