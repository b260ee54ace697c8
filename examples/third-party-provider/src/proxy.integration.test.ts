import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream, loadRecordings } from '@tianjillm/test-kit'
import OpenAI, { BadRequestError, RateLimitError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const KEY = 'sk-example-master-key'
const recorded = (name: string) => answer.recording(loadRecordings(new URL('./__fixtures__/', import.meta.url)).find((recording) => recording.name === name)!)

let echo: FakeUpstream
let proxy: ChildProcess
let client: OpenAI

beforeAll(async () => {
  echo = await createFakeUpstream()
  const bin = join(dirname(findPackageJSON('tianjillm', import.meta.url)!), 'src/bin.ts')
  const config = new URL('../tianjillm.yaml', import.meta.url).pathname
  const data = mkdtempSync(join(tmpdir(), 'tianjillm-example-'))
  proxy = spawn(process.execPath, ['--conditions=@tianjillm/source', bin, '--config', config, '--port', '0', '--host', '127.0.0.1', '--data-dir', data], {
    env: { PATH: process.env['PATH'], LITELLM_MASTER_KEY: KEY, ECHO_API_KEY: 'echo-key', ECHO_API_BASE: echo.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    const look = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /listens on (http:\S+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    proxy.stdout!.on('data', look)
    proxy.stderr!.on('data', look)
    proxy.once('close', (code) => reject(new Error(`The proxy ended with ${code}:\n${output}`)))
  })
  client = new OpenAI({ baseURL: `${url}/v1`, apiKey: KEY, maxRetries: 0 })
})
afterAll(async () => {
  proxy.kill()
  await echo.close()
})
beforeEach(() => void echo.reset())

const messages = [{ role: 'user', content: 'Grüße' }] as const

describe('the proxy with a provider from outside', () => {
  it('chats', async () => {
    echo.otherwise(recorded('chat'))
    const reply = await client.chat.completions.create({ model: 'echo', messages: [...messages] })
    expect(reply).toMatchObject({ model: 'echo', choices: [{ message: { content: 'Grüße 👋' }, finish_reason: 'stop' }], usage: { total_tokens: 9 } })
    expect(echo.requests[0]).toMatchObject({ path: '/generate', json: { model: 'echo-1', prompt: 'user: Grüße', stream: false }, headers: { authorization: 'Bearer echo-key' } })
  })

  it('streams', async () => {
    echo.otherwise(recorded('chat-stream'))
    const reply = await client.chat.completions.stream({ model: 'echo', messages: [...messages] }).finalChatCompletion()
    expect(reply.choices[0]!.message.content).toBe('Grüße 👋')
  })

  it('has it under both ways to name it, with the defaults of its entry', async () => {
    echo.otherwise(recorded('chat'))
    await client.chat.completions.create({ model: 'echo-short', messages: [...messages] })
    expect(echo.requests[0]!.json).toMatchObject({ model: 'echo-2', limit: 5 })
  })

  it('tells its errors in OpenAI\'s classes', async () => {
    echo.otherwise(recorded('busy-429'))
    await expect(client.chat.completions.create({ model: 'echo', messages: [...messages] })).rejects.toThrow(RateLimitError)
    await expect(client.chat.completions.create({ model: 'echo', messages: [...messages], temperature: 1 })).rejects.toMatchObject({ param: 'temperature' })
    await expect(client.embeddings.create({ model: 'echo', input: 'a' })).rejects.toThrow(BadRequestError)
  })
})
