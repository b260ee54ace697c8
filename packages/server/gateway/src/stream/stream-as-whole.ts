import { type ChatChunk, type CompletionResponse, type Usage, usageToOpenAI } from '@tianjillm/core'
import { createFrameDecoder } from '@tianjillm/provider-kit'
import type { Codec } from '../codec.ts'
import { createTextCollector } from '../reply/text-collector.ts'
import type { CallRoute } from '../route.ts'

/** What a delta may hold for its stream to be put together again without loss. */
const knownParts: ReadonlySet<string> = new Set(['role', 'content', 'refusal', 'reasoning_content', 'annotations', 'images', 'thinking_blocks', 'tool_calls', 'provider_specific_fields'])

/** Whether streams of a route can be put together. */
export function isCollectable({ operation, codec }: CallRoute): boolean {
  return (operation === 'chat' || operation === 'completions') && codec.decodeChunk !== undefined && codec.decode !== undefined
}

/**
 * The answer that a stream makes, in the form in which an unstreamed one is sent; undefined when it is not complete, or
 * holds what an answer put together would not.
 *
 * @param stream what the client was sent
 * @param usage stands in where the client was not told
 */
export function streamAsWhole({ operation, codec }: CallRoute, stream: Buffer, usage: Usage | undefined): string | undefined {
  const collector = createTextCollector(operation)
  const begun = new Set<number>()
  const ended = new Set<number>()
  try {
    createFrameDecoder('sse').push(stream, ({ data }) => {
      const chunk = (codec as Codec<'chat'>).decodeChunk!(data) as ChatChunk | CompletionResponse | undefined
      if (chunk === undefined) return
      // The marker of a stream that another deployment went on with: pieces of two answers are not one.
      if ('tianjillm' in chunk) throw new TypeError('It was continued.')
      for (const choice of chunk.choices) {
        check(choice)
        begun.add(choice.index)
        if (choice.finish_reason) ended.add(choice.index)
      }
      collector.add(chunk)
    })
  } catch {
    return undefined
  }
  if (begun.size === 0 || begun.size > ended.size) return undefined
  const whole = collector.result() as { usage?: unknown }
  return codec.encode({ ...whole, ...(!whole.usage && usage && { usage: usageToOpenAI(usage) }) } as never)
}

/** @throws for what the collector would leave out */
function check(choice: ChatChunk['choices'][number] | CompletionResponse['choices'][number]): void {
  if (choice.logprobs) throw new TypeError('Log probabilities are not put together.')
  if (!('delta' in choice)) return
  for (const [name, value] of Object.entries(choice.delta)) {
    if (value !== null && value !== undefined && !knownParts.has(name)) throw new TypeError(`The part ${name} is not put together.`)
  }
}
