import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { createAsk } from './ask.ts'

const plain = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text: 'Hello.' }], stop_reason: 'end_turn', usage: { input_tokens: 3, output_tokens: 2 } }
const event = (data: { type: string }) => ({ event: data.type, data })
const streamed = [
  event({ type: 'message_start', message: { ...plain, content: [], stop_reason: null } } as { type: string }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as { type: string }),
  ...['Hel', 'lo, ', 'Grüße.'].map((text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as { type: string })),
  event({ type: 'content_block_stop', index: 0 } as { type: string }),
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } } as { type: string }),
  event({ type: 'message_stop' }),
]

it('asks plainly and streamed, as a program of its own', async () => {
  await using upstream = await createFakeUpstream()
  upstream.next(answer.json(plain), answer.sse(streamed))
  const main = new URL('./main.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@tianjillm/source', main, 'Hi there'], { env: { PATH: process.env['PATH'], ANTHROPIC_API_KEY: 'sk-ant-x', ANTHROPIC_API_BASE: upstream.url } })
  expect(stdout).toBe('plain: Hello.\nstreamed: Hello, Grüße.\n')
  expect(upstream.requests.map(({ json }) => (json as { model: string }).model)).toEqual(['claude-haiku-4-5', 'claude-sonnet-4-5'])
  expect(upstream.requests[0]!.text).toContain('Hi there')
})

it('fails with a code, or names the models that there are', async () => {
  await using upstream = await createFakeUpstream()
  upstream.otherwise(answer.error(429, { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }))
  await using ask = await createAsk({ apiKey: 'sk-ant-x', apiBase: upstream.url })
  const messages = [{ role: 'user' as const, content: 'Hi' }]
  await expect(ask({ model: 'fast', messages })).rejects.toMatchObject({ code: 'upstream_rate_limit', retryable: true })
  await expect(ask({ model: 'slow', messages })).rejects.toThrow('fast, clever')
})
