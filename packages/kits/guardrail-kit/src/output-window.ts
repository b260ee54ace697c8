import type { Operation, SubjectText } from '@tianjillm/core'
import { createChannel, type Channel } from './channel.ts'
import { createChunkReader } from './chunk-texts.ts'
import { withTexts } from './texts.ts'

/** Judges texts: gives back as many, changed or not, or throws. Promises only when it must. */
export type Judge = (texts: readonly SubjectText[]) => readonly SubjectText[] | Promise<readonly SubjectText[]>

export interface OutputWindowOptions<Chunk> {
  readonly operation: Operation
  /** How much text, in characters, is held back: the longest finding. Infinity holds back everything. */
  readonly windowChars: number
  readonly check: Judge
  readonly release: (chunk: Chunk) => void
}

/** Holds back the end of a stream until it was judged. */
export interface OutputWindow<Chunk> {
  push(chunk: Chunk): void
  /**
   * Judges and releases what is due; `final` judges and releases everything. Returns a promise while a
   * judge takes its time; nothing but `push` may be called until it settles. Nothing, not even a chunk
   * without text, leaves before the first judgement, so that a refusal can still be a status.
   * @throws (or rejects with) what the judge throws
   */
  advance(final: boolean): void | Promise<void>
}

/**
 * A window over a stream. Words:
 *
 * - *channel*: one run of text (a choice's content, its reasoning, one tool call's arguments).
 * - *held*: text that has not left. *context*: the end of what has left, shown to the judge again so that
 *   a finding which began there is still seen whole.
 * - *open*: more text of the channel may come. Its last `windowChars` stay, since a finding may begin there.
 *   A channel is closed when its choice ended, or when `windowChars` of the choice's other channels came
 *   after it (else a finished reasoning would hold up the whole answer behind it).
 */
export function createOutputWindow<Chunk extends object>({ operation, windowChars, check, release }: OutputWindowOptions<Chunk>): OutputWindow<Chunk> {
  const reader = createChunkReader(operation)
  let held: Chunk[] = []
  let judged = false
  const channels = new Map<string, Channel>()

  const judge = <T>(texts: readonly string[], then: (texts: readonly string[]) => T): T | Promise<Awaited<T>> => {
    if (texts.length === 0) return then([])
    const answer = check(texts.map((text) => ({ role: 'assistant', text })))
    if (answer instanceof Promise) return answer.then((list) => then(list.map(({ text }) => text)) as Awaited<T>)
    return then(answer.map(({ text }) => text))
  }

  /** One round: judge what is held; where an open channel was rewritten, look again at the part that may leave. */
  const round = (final: boolean): void | Promise<void> => {
    const looked = [...channels.values()].filter((channel) => channel.text !== '').map((channel) => channel.look(final))
    return judge(looked.map(({ text }) => text), (whole) => {
      judged = true
      const split = looked.filter((look, i) => !look.settle(whole[i]!))
      return judge(split.flatMap(({ head, tail }) => [head, tail]), (parts) => {
        split.forEach((look, i) => look.settleSplit(parts[2 * i]!, parts[2 * i + 1]!))
        letGo()
      })
    })
  }

  const letGo = (): void => {
    let count = 0
    for (const chunk of held) {
      const parts = reader.texts(chunk)
      if (!parts.every(({ channel, text }) => channels.get(channel)!.ready(text.length))) break
      const texts = parts.map(({ channel, text }) => channels.get(channel)!.take(text.length))
      release(reader.leaving(chunk, withTexts(chunk, parts, texts), texts))
      count += 1
    }
    held = held.slice(count)
  }

  /** The channel of the first text that waits: nothing can leave before it does. */
  const firstHeld = (): Channel | undefined => {
    for (const chunk of held) {
      const [first] = reader.texts(chunk)
      if (first) return channels.get(first.channel)
    }
    return undefined
  }

  return {
    push(chunk) {
      held.push(chunk)
      for (const { channel: key, choice, text } of reader.texts(chunk)) {
        let channel = channels.get(key)
        if (!channel) channels.set(key, (channel = createChannel(choice, windowChars)))
        channel.add(text)
        for (const other of channels.values()) if (other !== channel && other.choice === choice) other.overtaken(text.length)
      }
      for (const choice of reader.ended(chunk)) for (const channel of channels.values()) if (channel.choice === choice) channel.end()
    },
    advance(final) {
      if (!final) {
        if (judged) letGo()
        if (!firstHeld()?.due) return
      }
      return round(final)
    },
  }
}
