import type { ChatChunk, ChatResponse, CompletionResponse } from '@tianjillm/core'

/** The chunks of a stream that says the same as an answer: text, end, usage. */
export function wholeAsChunks(answer: ChatResponse | CompletionResponse): (ChatChunk | CompletionResponse)[] {
  return answer.object === 'text_completion' ? completionChunks(answer) : chatChunks(answer)
}

function completionChunks({ usage, ...rest }: CompletionResponse): CompletionResponse[] {
  return [rest, { ...rest, choices: [], usage: usage ?? null }]
}

function chatChunks({ usage, choices, ...rest }: ChatResponse): ChatChunk[] {
  const chunk = { ...rest, object: 'chat.completion.chunk' as const }
  return [
    ...choices.map(({ index, message: { tool_calls, ...message }, logprobs }) => ({
      ...chunk,
      choices: [{
        index,
        delta: { ...message, ...(tool_calls && { tool_calls: tool_calls.map((call, i) => ({ index: i, ...call })) }) } as ChatChunk['choices'][number]['delta'],
        ...(logprobs !== undefined && { logprobs }),
        finish_reason: null,
      }],
    })),
    ...choices.map(({ index, finish_reason }) => ({ ...chunk, choices: [{ index, delta: {}, finish_reason }] })),
    { ...chunk, choices: [], usage: usage ?? null },
  ]
}
