import { describeProvider, loadRecordings, loadRecordingsAbove, TEST_SECRET } from '@tianjillm/test-kit'
import { openaiPlugin } from './plugin.ts'

const wanted = /^openai\/(?:chat|completion|embeddings|text-stream)/

describeProvider({
  plugin: openaiPlugin,
  config: { api_key: TEST_SECRET },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/openai').filter(({ name }) => wanted.test(name)),
  live: { env: 'OPENAI_API_KEY', config: (key) => ({ api_key: key }), input: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hi' }] } },
})
