import { answer, createFakeClock } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { stage } from '../__fixtures__/gateway.ts'
import type { CallbackBinding } from '../index.ts'

const reply = answer.json({ id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }] })

it('BF#667: a callback that throws is left out after some faults, and tried again later', async () => {
  const clock = createFakeClock()
  let told = 0
  let heard = 0
  const sink = (record: () => void): CallbackBinding['callback'] => ({ needs: {}, record, flush: async () => {}, close: async () => {}, stats: () => ({ queued: 0, sent: 0, dropped: 0 }) })
  const callbacks: CallbackBinding[] = [
    { name: 'faulty', hears: () => true, callback: sink(() => { told += 1; throw new Error('a fault of the plugin') }) },
    { name: 'well', hears: () => true, callback: sink(() => { heard += 1 }) },
  ]
  await using made = await stage({ settings: { callbacks, clock } })
  made.upstream.on('/chat/completions', reply)
  for (let i = 0; i < 15; i += 1) expect((await made.fetch({})).status).toBe(200)
  await expect.poll(() => heard).toBe(15)
  expect(told).toBe(10)
  clock.advance(60_000)
  await made.fetch({})
  await expect.poll(() => heard).toBe(16)
  expect(told).toBe(11)
})
