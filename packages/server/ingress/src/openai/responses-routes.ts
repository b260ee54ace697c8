import type { Route } from '@tianjillm/gateway'
import { responsesCodec } from './codecs.ts'

/** LiteLLM's three forms, and the one that Azure's client uses. */
const paths = (rest = ''): string[] => ['/v1/responses', '/responses', '/openai/v1/responses', '/openai/responses'].map((path) => path + rest)

const common = { permission: 'inference', operation: 'responses', codec: responsesCodec } as const

/** The Responses API. Source: https://platform.openai.com/docs/api-reference/responses */
export const responsesRoutes: readonly Route[] = [
  { ...common, kind: 'call', method: 'POST', paths: paths() },
  { ...common, kind: 'stored', method: 'GET', paths: paths('/:response_id'), part: 'answer' },
  { ...common, kind: 'stored', method: 'DELETE', paths: paths('/:response_id'), part: 'answer' },
  { ...common, kind: 'stored', method: 'POST', paths: paths('/:response_id/cancel'), part: 'cancel' },
  { ...common, kind: 'stored', method: 'GET', paths: paths('/:response_id/input_items'), part: 'input_items' },
]
