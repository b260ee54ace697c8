import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { startProxy } from './start-proxy.ts'

/** The processes that a process started. Linux tells them in /proc. */
const childrenOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
/** Asks again, a turn of I/O at a time, until it holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}

it.runIf(process.platform === 'linux')('replaces a worker that was killed, and ends all on SIGTERM', async () => {
  await using upstream = await createFakeUpstream()
  upstream.otherwise(answer.json(completion('hi')))
  await using proxy = await startProxy({ config: oneModel(upstream.url), args: ['--workers', '2'] })
  const pid = proxy.process.pid!
  await until(() => childrenOf(pid).length === 2)
  const [first, second] = childrenOf(pid) as [number, number]
  process.kill(second, 'SIGKILL')
  await until(() => proxy.output.includes('A worker ended (SIGKILL); starting another.'))
  expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
  await until(() => childrenOf(pid).some((child) => child !== first && child !== second))
  const workers = childrenOf(pid)
  expect(workers).toHaveLength(2)
  proxy.process.kill('SIGTERM')
  expect(await proxy.exited).toBe(0)
  expect(workers.filter(alive)).toEqual([])
})

it('gives up with 1 when no worker can start', async () => {
  await expect(startProxy({ config: { modle_list: [] }, args: ['--workers', '2'] })).rejects.toThrow(/ended with code 1.*modle_list: unknown key/s)
})
