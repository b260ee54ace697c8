import { type Answer, answer } from '@tianjillm/test-kit'

/** An OpenAI chat completion that says `text`. */
export function completion(text: string, extra: object = {}): object {
  return {
    id: 'chatcmpl-1', object: 'chat.completion', created: 1741569952, model: 'upstream-model',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    ...extra,
  }
}

/** A chunk of an OpenAI stream. */
export function chunk(delta: object, finish: string | null = null): object {
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1741569952, model: 'upstream-model', choices: [{ index: 0, delta, finish_reason: finish }] }
}

/** The chunk that tells usage, as OpenAI sends it when asked. */
export const usageChunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1741569952, model: 'upstream-model', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }

/** Events of a stream that says `texts`, with usage when the request asks for it, as OpenAI does. */
export function streamed(...texts: readonly string[]): Answer {
  return (response, call) => {
    const asked = (call.json as { stream_options?: { include_usage?: boolean } }).stream_options?.include_usage === true
    const events = [chunk({ role: 'assistant', content: '' }), ...texts.map((text) => chunk({ content: text })), chunk({}, 'stop'), ...(asked ? [usageChunk] : [])]
    return answer.sse([...events.map((event) => ({ data: event })), '[DONE]'])(response, call)
  }
}

export const CHAT = '/v1/chat/completions'

/** A config with one OpenAI deployment at `url`. */
export function oneModel(url: string, more: { params?: object; config?: object } = {}): object {
  return { model_list: [{ model_name: 'gpt', litellm_params: { model: 'openai/upstream-model', api_key: 'sk-upstream-secret', api_base: `${url}/v1`, ...more.params } }], ...more.config }
}

/** A chat request's init for `fetch`. */
export function chatBody(more: object = {}): { method: 'POST'; body: string } {
  return { method: 'POST', body: JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }], ...more }) }
}
