import type { FinishReason } from '@tianjillm/core'

/**
 * Converse's `stopReason`. Models that write a broken answer or call (`malformed_*`) have stopped;
 * the broken text is the answer. Source: API_runtime_MessageStopEvent.
 */
const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop', stop_sequence: 'stop', tool_use: 'tool_calls', max_tokens: 'length', model_context_window_exceeded: 'length',
  guardrail_intervened: 'content_filter', content_filtered: 'content_filter', malformed_model_output: 'stop', malformed_tool_use: 'stop',
}

/** `called`: whether the answer holds tool calls for the caller. */
export function finishReason(stopReason: unknown, called: boolean): FinishReason {
  const reason = typeof stopReason === 'string' ? (reasons[stopReason] ?? 'stop') : 'stop'
  // A forced answer in JSON, and tools that Bedrock runs itself, also end with `tool_use`.
  return reason === 'tool_calls' && !called ? 'stop' : reason
}
