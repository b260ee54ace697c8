import type { ChatRequest } from '@tianjillm/core'
import { isRecord, parseJson } from '@tianjillm/provider-kit'
import { loadRecordingsAbove, testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../model.ts'
import { encodeChat } from './encode-request.ts'

const recordings = loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/bedrock')

const city = {
  type: 'json_schema',
  json_schema: { name: 'CityInfo', description: 'Information about a city.', schema: { type: 'object', properties: { city: { type: 'string' }, country: { type: 'string' }, population: { type: 'integer' } }, required: ['city', 'country', 'population'] } },
} as const
const user = (content: string) => [{ role: 'user', content }] as ChatRequest['messages']
const street = user('How do I cross the street?')
const ok = user('Reply with the single word: ok')
const noParameters = { type: 'object', properties: {}, additionalProperties: false }

/** What a caller writes to get the request that was recorded. */
const inputs: Record<string, Partial<ChatRequest>> = {
  'converse-amazon': { messages: [{ role: 'system', content: 'Generate a short greeting.' }, { role: 'user', content: '.' }] },
  'converse-amazon-tools': { messages: user('Call the get_mixed_content tool and describe what you received.'), tools: [{ type: 'function', function: { name: 'get_mixed_content', parameters: noParameters } }], tool_choice: 'auto' },
  'converse-amazon-reasoning-tools': {
    messages: [
      { role: 'system', content: 'You are a helpful chatbot.' }, { role: 'user', content: 'What is the capital of France?' },
      { role: 'assistant', content: '<thinking> To determine the capital of France, I can use the provided tool that returns the capital of a given country. Since the country in question is France, I will use the tool with the country parameter set to "France". </thinking>\n', tool_calls: [{ id: 'tooluse_Ze_bgl9CSqu8aJv7XD-_Dw', type: 'function', function: { name: 'get_capital', arguments: '{"country":"France"}' } }] },
      { role: 'tool', tool_call_id: 'tooluse_Ze_bgl9CSqu8aJv7XD-_Dw', content: 'The country is not supported.\n\nFix the errors and try again.' },
    ],
    tools: [{ type: 'function', function: { name: 'get_capital', description: 'Get the capital of a country.', parameters: { type: 'object', properties: { country: { description: 'The country name.', type: 'string' } }, required: ['country'], additionalProperties: false } } }],
    tool_choice: 'auto', temperature: 0,
  },
  'converse-anthropic-reasoning': { messages: street, reasoning_effort: 'high' },
  'converse-deepseek': { messages: street },
  'converse-arn': { messages: user('Say "hello" and nothing else.') },
  'converse-openai-reasoning': { messages: ok, reasoning_effort: 'medium' },
  'converse-openai': { messages: ok, reasoning_effort: 'none' },
  'converse-qwen-reasoning': { messages: ok, reasoning_effort: 'high' },
  'converse-stream-anthropic-stream': { messages: user('What is the capital of France? Give me the city name, country, and population.'), response_format: city, stream: true },
  'converse-stream-amazon-stream': { messages: user('Hello!'), stream: true },
  'converse-stream-meta-stream': { messages: [{ role: 'system', content: 'You are an app that knows about everything.' }, ...user('Tell me a joke about opentelemetry')], temperature: 0.5, stream: true },
}

describe.runIf(recordings.length > 0)('requests that Bedrock took', () => {
  it.each(Object.entries(inputs))('%s', (name, input) => {
    const recording = recordings.find((one) => one.name === `bedrock/${name}`)!
    const model = decodeURIComponent(/\/model\/([^/]+)\//.exec(recording.request.url)![1]!)
    const call = testCall({ model, stream: input.stream === true })
    expect(comparable(encodeChat({ model, messages: [], ...input }, call, parseModel(model)))).toEqual(comparable(recording.request.body))
  })
})

/** Without empty lists and objects, results' status (OpenAI has none), and with schemas as objects instead of their text. */
function comparable(value: unknown, key = ''): unknown {
  if (key === 'schema' && typeof value === 'string') return parseJson(value)
  if (Array.isArray(value)) return value.map((one) => comparable(one))
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([name, one]) => !['status'].includes(name) && !(['system', 'additionalModelRequestFields', 'inferenceConfig'].includes(name) && Object.keys(one as object).length === 0))
  return Object.fromEntries(kept.map(([name, one]) => [name, comparable(one, name)]))
}
