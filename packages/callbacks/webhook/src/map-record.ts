import { type CallRecord, inputTokens, outputTokens, usageToOpenAI } from '@tianjillm/core'
import { maskFields } from '@tianjillm/callback-kit'
import { requestParts } from './request-parts.ts'

/**
 * One call on the wire. Facts that LiteLLM's StandardLoggingPayload has carry its names; `type`
 * and `timestamp` are those that Standard Webhooks recommends; the README lists all fields.
 *
 * Source: https://docs.litellm.ai/docs/proxy/logging_spec
 */
export type CallPayload = ReturnType<typeof mapRecord>

/** LiteLLM's names of the kinds of call. */
const callTypes: Readonly<Record<CallRecord['operation'], string>> = {
  chat: 'acompletion',
  completions: 'atext_completion',
  embeddings: 'aembedding',
  images: 'aimage_generation',
  speech: 'aspeech',
  transcriptions: 'atranscription',
  moderations: 'amoderation',
  rerank: 'arerank',
  pass_through: 'pass_through_endpoint',
  responses: 'aresponses',
}

const guardrailStatuses = { pass: 'success', flag: 'guardrail_intervened', rewrite: 'guardrail_intervened', error: 'guardrail_failed_to_respond' } as const

/** A record as the payload. Times are seconds since the epoch, cost is US dollars; what is not known is null. */
export function mapRecord(record: CallRecord) {
  const { caller, deployment, error, usage, text } = record
  const status = record.status === 'success' ? 'success' as const : 'failure' as const
  const asked = text && requestParts(text.request)
  return {
    type: status === 'success' ? 'call.succeeded' : 'call.failed',
    timestamp: new Date(record.endedAt).toISOString(),
    id: record.id,
    call_type: callTypes[record.operation],
    stream: record.stream,
    status,
    outcome: record.status,
    model: deployment?.model ?? record.model,
    model_group: record.model,
    model_id: deployment?.id ?? null,
    custom_llm_provider: deployment?.provider ?? null,
    api_base: deployment?.apiBase === undefined ? null : withoutQuery(deployment.apiBase),
    startTime: record.startedAt / 1000,
    completionStartTime: record.firstByteAt === undefined ? null : record.firstByteAt / 1000,
    endTime: record.endedAt / 1000,
    prompt_tokens: usage ? inputTokens(usage) : 0,
    completion_tokens: usage ? outputTokens(usage) : 0,
    total_tokens: usage ? inputTokens(usage) + outputTokens(usage) : 0,
    response_cost: record.costNanoUsd === undefined ? null : record.costNanoUsd / 1e9,
    cache_hit: record.cacheHit,
    attempts: record.attempts,
    request_tags: record.tags ?? [],
    end_user: caller.endUser ?? null,
    requester_ip_address: caller.ip ?? null,
    error_str: error?.message ?? null,
    error_information: error ? { error_code: String(error.status), error_class: error.code, error_message: error.message, llm_provider: deployment?.provider ?? null } : null,
    guardrail_information: (record.guardrails ?? []).map((guardrail) => ({
      guardrail_name: guardrail.name,
      guardrail_mode: guardrail.on === 'input' ? 'pre_call' : 'post_call',
      guardrail_status: guardrailStatuses[guardrail.outcome],
      duration: guardrail.durationMs / 1000,
    })),
    metadata: {
      user_api_key_hash: caller.keyHash ?? null,
      user_api_key_alias: caller.keyAlias ?? null,
      user_api_key_user_id: caller.userId ?? null,
      user_api_key_team_id: caller.teamId ?? null,
      user_api_key_org_id: caller.organizationId ?? null,
      user_api_key_end_user_id: caller.endUser ?? null,
      requester_metadata: record.metadata === undefined ? null : maskFields(record.metadata),
      applied_guardrails: (record.guardrails ?? []).map(({ name }) => name),
      usage_object: usage ? usageToOpenAI(usage) : null,
    },
    messages: asked?.messages ?? null,
    model_parameters: asked?.parameters ?? null,
    response: text?.response ?? null,
  }
}

/** Some providers take the key in the query. */
function withoutQuery(url: string): string {
  const cut = url.search(/[?#]/)
  return cut === -1 ? url : url.slice(0, cut)
}
