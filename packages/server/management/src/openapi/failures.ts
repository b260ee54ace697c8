import type { Json } from './json-schema.ts'

const statuses: readonly (readonly [status: number, name: string, description: string])[] = [
  [400, 'BadRequest', 'The request contradicts itself or what is there.'],
  [401, 'Unauthorized', 'No key, or one that is unknown, blocked or expired.'],
  [403, 'Forbidden', 'The key may not do that.'],
  [404, 'NotFound', 'What the request names is not there, or not the caller\'s to see.'],
  [409, 'Conflict', 'Somebody else has the name, or changed it at the same moment.'],
  [422, 'Unprocessable', 'A field is unknown, missing or of another kind.'],
  [429, 'TooManyRequests', 'A limit is used up; `retry-after` says when it is not.'],
  [503, 'Unavailable', 'The database or another part is away.'],
]

/** What a route can answer when it did not go well, each by reference. */
export function failuresOf({ open, writes, takes, calls }: { readonly open: boolean; readonly writes: boolean; readonly takes: boolean; readonly calls: boolean }): Json {
  const possible: Readonly<Record<number, boolean>> = { 400: true, 401: !open, 403: !open, 404: !open, 409: writes, 422: takes, 429: calls, 503: true }
  return {
    ...Object.fromEntries(statuses.filter(([status]) => possible[status]).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }])),
    default: { $ref: '#/components/responses/Failure' },
  }
}

const answered = (description: string, schema: string): Json => ({ description, content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } })

export const failureResponses: Json = {
  ...Object.fromEntries(statuses.map(([status, name, description]) => [name, answered(description, status === 422 ? 'ValidationError' : 'Error')])),
  Failure: answered('Any other failure, in OpenAI\'s error shape.', 'Error'),
}

const error: Json = {
  type: 'object',
  required: ['message', 'type', 'param', 'code'],
  properties: {
    message: { type: 'string', description: 'What is wrong and what to do, in a sentence. No keys, no bodies.' },
    type: { type: 'string', description: 'What kind of error: `invalid_request_error`, `not_found_error`, `budget_exceeded`, ...' },
    param: { type: ['string', 'null'], description: 'The field at fault.' },
    code: { type: ['string', 'null'], description: 'The status as text, or OpenAI\'s code.' },
  },
}

export const errorSchemas: Json = {
  Error: { type: 'object', required: ['error'], properties: { error } },
  ValidationError: {
    type: 'object',
    required: ['error'],
    properties: {
      error,
      detail: {
        type: 'array',
        description: 'Each fault, in FastAPI\'s shape.',
        items: { type: 'object', required: ['loc', 'msg', 'type'], properties: { loc: { type: 'array', items: { type: ['string', 'integer'] } }, msg: { type: 'string' }, type: { type: 'string' } } },
      },
    },
  },
}
