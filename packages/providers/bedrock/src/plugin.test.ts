import { describeProvider, loadRecordings, loadRecordingsAbove, type Recording, TEST_SECRET } from '@tianjillm/test-kit'
import { bedrockPlugin } from './plugin.ts'

/** InvokeModel of text models and CountTokens are other operations. */
const others = /\/(?:count-tokens|invoke)/

/** Cut by their author behind `messageStop`, before the usage came: the 0 that they expect is made up. */
const withoutUsage = new Set(['bedrock/json-tool.1-stream', 'bedrock/json-tool.3-stream'])

function shared(): Recording[] {
  return loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/bedrock').filter(({ name }) => !others.test(name)).map((recording) => {
    if (!withoutUsage.has(recording.name)) return recording
    const { promptTokens: _tokens, ...expect } = recording.expect ?? {}
    return { ...recording, expect }
  })
}

describeProvider({
  plugin: bedrockPlugin,
  config: { aws_access_key_id: 'AKIDEXAMPLE', aws_secret_access_key: TEST_SECRET, aws_region_name: 'us-east-1' },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: shared(),
  models: { chat: 'anthropic.claude-sonnet-4-5-20250929-v1:0', embeddings: 'amazon.titan-embed-text-v2:0' },
  live: {
    env: 'AWS_BEARER_TOKEN_BEDROCK',
    config: (key) => ({ api_key: key, aws_region_name: 'us-east-1' }),
    input: { model: 'us.amazon.nova-micro-v1:0', messages: [{ role: 'user', content: 'Say hi' }] },
  },
})
