import { inputTokens, noUsage, outputTokens } from '@tianjillm/core'
import { type LedgerEntry, toUsd } from '@tianjillm/spend'
import type { AnswerOf } from '../define-route.ts'
import type { spendLogAnswer } from './log-answer.ts'

/** LiteLLM's `call_type` of our operations; others are called what we call them. */
const callTypes: Readonly<Record<string, string>> = { chat: 'acompletion', completions: 'atext_completion', embeddings: 'aembedding', pass_through: 'pass_through_endpoint' }

/** An entry as a row of LiteLLM's SpendLogs. `spend` is USD; 0 also where no price is known, which `metadata` tells. */
export function toSpendLog(entry: LedgerEntry): AnswerOf<typeof spendLogAnswer> {
  const { usage = noUsage } = entry
  const prompt = inputTokens(usage)
  const completion = outputTokens(usage)
  return {
    request_id: entry.id,
    call_type: callType(entry.operation),
    api_key: entry.keyHash ?? '',
    spend: toUsd(entry.costNanoUsd ?? 0),
    total_tokens: prompt + completion,
    prompt_tokens: prompt,
    completion_tokens: completion,
    startTime: iso(entry.startedAt),
    endTime: iso(entry.endedAt),
    completionStartTime: iso(entry.firstByteAt),
    request_duration_ms: entry.endedAt - entry.startedAt,
    model: entry.model,
    model_id: entry.deploymentId ?? '',
    model_group: entry.modelGroup ?? '',
    custom_llm_provider: entry.provider ?? '',
    api_base: entry.apiBase ?? '',
    user: entry.userId ?? '',
    metadata: {
      ...entry.metadata,
      attempts: entry.attempts,
      stream: entry.stream,
      usage,
      ...(entry.callId !== undefined && { call_id: entry.callId }),
      ...(entry.errorCode !== undefined && { error_code: entry.errorCode }),
      ...(entry.costNanoUsd === undefined && { price_unknown: true }),
      ...(entry.priceVersion !== undefined && { price_version: entry.priceVersion }),
    },
    cache_hit: entry.cacheHit ? 'True' : 'False',
    cache_key: entry.cacheHit ? String(entry.metadata?.['cache_key'] ?? '') : '',
    request_tags: entry.tags ?? [],
    team_id: entry.teamId ?? null,
    organization_id: entry.organizationId ?? null,
    end_user: entry.endUser ?? '',
    status: entry.status,
  }
}

const iso = (moment: number | undefined): string | null => (moment === undefined ? null : new Date(moment).toISOString())

/** LiteLLM's name of one of our operations. */
export function callType(operation: string): string {
  return callTypes[operation] ?? operation
}
