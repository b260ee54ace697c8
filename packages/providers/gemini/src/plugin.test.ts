import { describeProvider, loadRecordings, loadRecordingsAbove, type Recording, TEST_SECRET } from '@tianjillm/test-kit'
import { geminiPlugin } from './plugin.ts'

/** What the shared recordings do not say, or say in Gemini's words. */
function adapted(recording: Recording): Recording {
  switch (recording.name) {
    case 'gemini/embeddings-404':
      return { ...recording, operation: 'embeddings' }
    // Its `finish` is Gemini's own reason (a call of a tool that was not offered), which OpenAI's clients do not know.
    case 'vertex/chat-tools-3':
      return { ...recording, expect: { ...recording.expect, finish: 'tool_calls' } }
    // Arguments in pieces, and calls without any, told without an `expect`.
    case 'gemini/stream-no-args-tool-call-stream':
      return { ...recording, expect: { finish: 'tool_calls', promptTokens: 249, completionTokens: 241, toolCalls: [{ name: 'read_theme', args: {} }, ...['A', 'B', 'C'].map((id) => ({ name: 'read_screen', args: { id } }))] } }
    case 'gemini/stream-tool-call-array-arguments-missing-terminal-function-call-stream':
      return { ...recording, expect: { finish: 'tool_calls', promptTokens: 54, completionTokens: 195, toolCalls: [{ name: 'writeItems', args: { operations: [
        { action: 'add', description: 'Fresh red apple', itemid: 'apple_001', price: 0.5 },
        { action: 'add', description: 'Ripe yellow banana', itemid: 'banana_001', price: 0.3 },
      ] } }] } }
    default:
      return recording
  }
}

// `count-tokens` and `embeddings` are answers of countTokens, which is no operation of a provider; they have no `expect` and are left out by that.
const shared = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/gemini')
// Vertex AI speaks the same dialect, but for Claude and for its own embeddings.
const vertex = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/vertex').filter(({ name }) => name.startsWith('vertex/chat'))

describeProvider({
  plugin: geminiPlugin,
  config: { api_key: TEST_SECRET },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: [...shared, ...vertex].map(adapted),
  models: { chat: 'gemini-2.5-flash', embeddings: 'gemini-embedding-001' },
  live: { env: 'GEMINI_API_KEY', config: (key) => ({ api_key: key }), input: { model: 'gemini-2.5-flash', messages: [{ role: 'user', content: 'Say hi' }] } },
})
