import { describeProvider, loadRecordings, loadRecordingsAbove, TEST_SECRET } from '@tianjillm/test-kit'
import { anthropicPlugin } from './plugin.ts'

/** Not chat: counting tokens and uploading files are other calls. */
const otherCalls = /^anthropic\/(?:count-tokens|files)/

describeProvider({
  plugin: anthropicPlugin,
  config: { api_key: TEST_SECRET },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/anthropic').filter(({ name }) => !otherCalls.test(name)),
  models: { chat: 'claude-haiku-4-5' },
  live: { env: 'ANTHROPIC_API_KEY', config: (key) => ({ api_key: key }), input: { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Say hi' }], max_tokens: 32 } },
})
