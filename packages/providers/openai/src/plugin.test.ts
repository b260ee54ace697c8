import { describeProvider, loadRecordings, loadRecordingsAbove, TEST_SECRET } from '@tianjillm/test-kit'
import { openaiPlugin } from './plugin.ts'

/** Those of the Responses API; a stream that holds an error event fails. */
const responses = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/openai').filter(({ request }) => request?.url?.endsWith('/responses')).map((recording) => ({ ...recording, operation: 'responses' as const, ...(recording.name === 'openai/responses-error.1-stream' && { expect: { kind: 'error' } }) }))
const wanted = /^openai\/(?:chat|completion|embeddings|text-stream)/

describeProvider({
  plugin: openaiPlugin,
  config: { api_key: TEST_SECRET },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: [...loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/openai').filter(({ name }) => wanted.test(name)), ...responses],
  live: { env: 'OPENAI_API_KEY', config: (key) => ({ api_key: key }), input: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hi' }] } },
})
