import type { FinishReason } from '@tianjillm/core'

const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  // A server tool needs another request to go on; the answer so far is whole.
  pause_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  // The conversation was summarised; it stopped before an answer.
  compaction: 'length',
  refusal: 'content_filter',
}

/** OpenAI's word for a `stop_reason`. Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
export function finishReasonOf(stopReason: string | undefined): FinishReason {
  return reasons[stopReason ?? ''] ?? 'stop'
}

/** What OpenAI's finish reason does not say, for `provider_specific_fields`. */
export function stopFacts(message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { stop_reason: reason, stop_sequence: sequence, stop_details: details } = message
  return {
    ...(typeof reason === 'string' && !['end_turn', 'tool_use', 'max_tokens'].includes(reason) && { stop_reason: reason }),
    ...(typeof sequence === 'string' && { stop_sequence: sequence }),
    ...(details !== undefined && details !== null && { stop_details: details }),
  }
}
