import type { Operation } from '@tianjillm/core'
import type { Json } from './json-schema.ts'

/** What the document says of a route that does not describe itself. */
export interface Described {
  readonly tag: string
  readonly summary: string
  readonly body?: Json
  readonly answer: Json
  readonly streams?: true
  readonly externalDocs?: Json
}

const call = (summary: string, page: string, required: readonly string[], properties: Json, streams: boolean): Described => ({
  tag: 'Inference',
  summary,
  externalDocs: { url: `https://platform.openai.com/docs/api-reference/${page}` },
  body: { type: 'object', required, properties: { model: { type: 'string', description: 'A name of GET /v1/models.' }, ...properties }, additionalProperties: true },
  answer: { type: 'object', description: 'OpenAI\'s answer.', additionalProperties: true },
  ...(streams && { streams }),
})

const messages: Json = { type: 'array', minItems: 1, items: { type: 'object', required: ['role'], properties: { role: { type: 'string' } }, additionalProperties: true } }
const textOrTexts: Json = { anyOf: [{ type: 'string' }, { type: 'array' }] }

/** Calls to models speak OpenAI's dialect, which OpenAI documents. */
export const describedCalls: Partial<Record<Operation, Described>> = {
  chat: call('Chat completion, plain or streamed.', 'chat/create', ['model', 'messages'], { messages }, true),
  completions: call('Text completion, plain or streamed.', 'completions/create', ['model', 'prompt'], { prompt: textOrTexts }, true),
  responses: call('Response, plain, streamed or in the background.', 'responses/create', ['model'], { input: textOrTexts, previous_response_id: { type: ['string', 'null'], description: 'An id that this gateway handed out.' } }, true),
  embeddings: call('Embeddings of texts.', 'embeddings/create', ['model', 'input'], { input: textOrTexts }, false),
}

const model: Json = { title: 'Model', type: 'object', required: ['id', 'object', 'created', 'owned_by'], properties: { id: { type: 'string', description: 'What requests send as `model`.' }, object: { const: 'model' }, created: { type: 'integer' }, owned_by: { type: 'string' } } }

const stored = (summary: string, page: string, answer: Json, streams = false): Described => ({ tag: 'Inference', summary, answer, externalDocs: { url: `https://platform.openai.com/docs/api-reference/responses/${page}` }, ...(streams && { streams: true }) })
const response: Json = { type: 'object', description: 'OpenAI\'s response object, with ids of this gateway.', additionalProperties: true }

/** Questions about answers that upstreams keep, by method and first path. */
export const describedStored: Readonly<Record<string, Described>> = {
  'GET /v1/responses/{response_id}': stored('A response of the caller\'s, plain or streamed.', 'get', response, true),
  'DELETE /v1/responses/{response_id}': stored('Deletes a response upstream.', 'delete', { type: 'object', required: ['id', 'deleted'], properties: { id: { type: 'string' }, object: { type: 'string' }, deleted: { type: 'boolean' } }, additionalProperties: true }),
  'POST /v1/responses/{response_id}/cancel': stored('Cancels a response that runs in the background.', 'cancel', response),
  'GET /v1/responses/{response_id}/input_items': stored('What a response was made from.', 'input-items', { type: 'object', required: ['data'], properties: { object: { const: 'list' }, data: { type: 'array' } }, additionalProperties: true }),
}

/** Routes of the ingress that ask no model, by their first path. */
export const describedQueries: Readonly<Record<string, Described>> = {
  '/v1/models': { tag: 'Models', summary: 'The models that the caller may call.', answer: { type: 'object', required: ['object', 'data'], properties: { object: { const: 'list' }, data: { type: 'array', items: model } } }, externalDocs: { url: 'https://platform.openai.com/docs/api-reference/models/list' } },
  '/v1/models/{model}': { tag: 'Models', summary: 'One model that the caller may call.', answer: model, externalDocs: { url: 'https://platform.openai.com/docs/api-reference/models/retrieve' } },
  '/health/liveliness': { tag: 'Health', summary: 'Whether the process answers.', answer: { type: 'string' } },
  '/health/readiness': { tag: 'Health', summary: 'Whether it wants traffic; 503 when it does not.', answer: { type: 'object', required: ['status'], properties: { status: { enum: ['healthy', 'unhealthy'] }, db: { type: 'string' }, version: { type: 'string' } }, additionalProperties: true } },
}
