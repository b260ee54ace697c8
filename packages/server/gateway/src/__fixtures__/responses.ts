import { errorToOpenAI, type ResponsesRequest } from '@tianjillm/core'
import type { Codec } from '../index.ts'
import type { CallRoute, StoredRoute } from '../route.ts'

/** The Responses API, as far as the gateway must know it. */
const codec: Codec<'responses'> = {
  dialect: 'openai', parse: (body) => body as unknown as ResponsesRequest, streams: (input) => input.stream === true, showsUsage: () => true, encode: (output) => JSON.stringify(output),
  encodeChunk: (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, done: '', isComplete: () => true, errorBody: (error) => JSON.stringify(errorToOpenAI(error)), errorEvent: () => 'event: error\ndata: {}\n\n',
}
export const responsesRoute: CallRoute<'responses'> = { kind: 'call', method: 'POST', paths: ['/responses'], permission: 'inference', operation: 'responses', codec }
/** What is asked of a response that an upstream keeps. */
export const storedRoute = (method: StoredRoute['method'], part: StoredRoute['part']): StoredRoute => ({ kind: 'stored', method, paths: ['/responses/:response_id'], permission: 'inference', operation: 'responses', codec, part })
