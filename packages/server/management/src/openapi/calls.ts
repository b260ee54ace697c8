import type { Operation } from '@tianjillm/core'

type Json = Record<string, unknown>

const call = (summary: string, page: string, required: readonly string[], streams: boolean): Json & { readonly responses: Json } => ({
  summary,
  externalDocs: { url: `https://platform.openai.com/docs/api-reference/${page}` },
  requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required, properties: { model: { type: 'string', description: 'A name of GET /v1/models.' } }, additionalProperties: true } } } },
  responses: {
    200: {
      description: 'OpenAI\'s answer.',
      content: { 'application/json': { schema: { type: 'object', additionalProperties: true } }, ...(streams && { 'text/event-stream': { schema: { type: 'string' } } }) },
    },
  },
})

/** Calls to models speak OpenAI's dialect, which OpenAI documents. */
export const describedCalls: Partial<Record<Operation, ReturnType<typeof call>>> = {
  chat: call('Chat completion, plain or streamed.', 'chat/create', ['model', 'messages'], true),
  completions: call('Text completion, plain or streamed.', 'completions/create', ['model', 'prompt'], true),
  embeddings: call('Embeddings of texts.', 'embeddings/create', ['model', 'input'], false),
}
