import { controlledStream, createFakeUpstream, sseText } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { CHAT, chatBody, chunk, oneModel } from './chat-answers.ts'
import { startProxy } from './start-proxy.ts'

it('lets a stream finish on SIGTERM, refuses new connections, and ends with 0', async () => {
  await using upstream = await createFakeUpstream()
  const stream = controlledStream()
  upstream.on(CHAT, stream.answer)
  await using proxy = await startProxy({ config: oneModel(upstream.url) })
  const reply = proxy.fetch(CHAT, chatBody({ stream: true }))
  await stream.send(sseText({ data: chunk({ content: 'first' }) }))
  const text = (await reply).text()
  proxy.process.kill('SIGTERM')
  expect(await proxy.logged(({ msg }) => msg === 'draining')).toMatchObject({ requests: 1 })
  await expect(fetch(`${proxy.url}/health/liveliness`, { headers: { connection: 'close' } })).rejects.toThrow('fetch failed')
  await stream.send(sseText({ data: chunk({ content: 'last' }) }) + sseText({ data: chunk({}, 'stop') }) + 'data: [DONE]\n\n')
  await stream.end()
  expect(await text).toMatch(/first.*last.*\[DONE\]\n\n$/s)
  expect(await proxy.exited).toBe(0)
  expect(proxy.log.at(-1)).toMatchObject({ msg: 'stopped' })
})

it('cuts what is not finished at the deadline, and settles it', async () => {
  await using upstream = await createFakeUpstream()
  const stream = controlledStream()
  upstream.on(CHAT, stream.answer)
  await using proxy = await startProxy({ config: oneModel(upstream.url), env: { GRACEFUL_SHUTDOWN_TIMEOUT: '0.1' } })
  const reply = await (async () => {
    const pending = proxy.fetch(CHAT, { ...chatBody({ stream: true }), headers: { 'x-litellm-call-id': 'cut' } })
    await stream.send(sseText({ data: chunk({ content: 'first' }) }))
    return pending
  })()
  const text = reply.text()
  text.catch(() => {})
  proxy.process.kill('SIGTERM')
  await expect(text).rejects.toThrow('terminated')
  expect(await proxy.exited).toBe(0)
  expect(proxy.log.find(({ id }) => id === 'cut')).toMatchObject({ error: 'client_closed', status: 499 })
  expect(proxy.output).toContain('shutdown deadline reached')
})

it('ends at once on a second signal', async () => {
  await using upstream = await createFakeUpstream()
  const stream = controlledStream()
  upstream.on(CHAT, stream.answer)
  await using proxy = await startProxy({ config: oneModel(upstream.url) })
  proxy.fetch(CHAT, chatBody({ stream: true })).catch(() => {})
  await stream.opened
  proxy.process.kill('SIGINT')
  await proxy.logged(({ msg }) => msg === 'draining')
  proxy.process.kill('SIGINT')
  expect(await proxy.exited).toBe(1)
})
