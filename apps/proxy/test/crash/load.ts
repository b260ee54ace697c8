import { CHAT, chatBody } from '../chat-answers.ts'
import type { RunningProxy } from '../start-proxy.ts'

/** What became of the calls, as their callers saw it. */
export interface Outcome {
  /** Ids of calls whose whole answer arrived. */
  readonly answered: Set<string>
  /** Calls whose connection broke, before or within the answer. */
  cut: number
  /** Calls that were refused: no connection, or a status of a proxy that starts or ends, or whose store is away. */
  refused: number
}

export interface LoadOptions {
  /** Whether further calls are wanted. */
  readonly more: () => boolean
  readonly width: number
  readonly key: string
  /** The replica for the next call. */
  readonly pick: () => RunningProxy
  readonly outcome: Outcome
}

const STALLED_MS = 30_000

/** Calls, half of them streamed, from `width` callers at once for as long as more are wanted. */
export async function runLoad({ more, width, key, pick, outcome }: LoadOptions): Promise<void> {
  let count = 0
  let countedAt = performance.now()
  /** A system that does not come back must fail the test, not keep it waiting. */
  const watch = (refused: string): void => {
    if (outcome.answered.size > count) {
      count = outcome.answered.size
      countedAt = performance.now()
    }
    if (performance.now() - countedAt > STALLED_MS) throw new Error(`No call was answered for ${STALLED_MS / 1000} s after ${count} answers. The last refusal: ${refused}`)
  }
  const caller = async (first: number): Promise<void> => {
    for (let turn = first; more(); turn += 1) {
      let refused = 'the connection broke'
      const stream = turn % 2 === 0
      try {
        const response = await fetch(pick().url + CHAT, { ...chatBody({ stream }), headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } })
        const text = await response.text()
        const id = response.headers.get('x-litellm-call-id')
        if (response.status !== 200) {
          outcome.refused += 1
          refused = `${response.status} ${text}`
          await new Promise((resolve) => setTimeout(resolve, 20))
        } else if (id !== null && text.includes(stream ? '[DONE]' : '"usage"')) outcome.answered.add(id)
        else outcome.cut += 1
      } catch (error) {
        // Nobody listened: the call never was.
        if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED') outcome.refused += 1
        else outcome.cut += 1
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      watch(refused)
    }
  }
  await Promise.all(Array.from({ length: width }, (_, index) => caller(index)))
}
