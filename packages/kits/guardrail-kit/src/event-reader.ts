import type { ChunkReader, ChunkText } from './chunk-texts.ts'
import { itemSpots, withoutAnyLogprobs } from './response-items.ts'
import { type TextSpot, withTexts } from './texts.ts'

type Json = Record<string, unknown>

/** Sounds and pictures come in pieces too. */
const noText = /^response\.(?:audio|image_generation_call)\.(?!transcript)/
/** Where an event that is not a piece holds text that was made. */
const holders = ['text', 'refusal', 'arguments', 'input', 'code', 'command', 'transcript', 'part', 'item'] as const

/** What an event says: pieces to judge, and texts that came before. */
interface Read {
  readonly texts: readonly ChunkText[]
  readonly repeats: readonly (TextSpot & { readonly channel: string })[]
  readonly ended: readonly number[]
}

/**
 * Reads the events of the Responses API. Words:
 *
 * - *piece*: the `delta` of an event; it continues the channel of its item, kind and part.
 * - *repeat*: a text that an event holds whole and that came before in pieces, as those at the end of a part, of an item and
 *   of the response do. It is not judged again, and leaves as its channel left. A whole text that did not come before is a
 *   channel of its own.
 *
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function createEventReader(): ChunkReader {
  const known = new WeakMap<object, Read>()
  /** Channels as they came, and as they left. */
  const came = new Map<string, string>()
  const left = new Map<string, string>()
  let wholes = 0

  const read = (event: Json): Read => {
    const type = String(event['type'])
    const index = numberOf(event['output_index']) ?? 0
    if (typeof event['delta'] === 'string' && event['delta'] !== '' && !noText.test(type)) {
      const part = event['content_index'] ?? event['summary_index'] ?? event['command_index'] ?? ''
      const channel = `${index}:${type} ${String(part)}`
      came.set(channel, (came.get(channel) ?? '') + event['delta'])
      return { texts: [{ role: 'assistant', text: event['delta'], path: ['delta'], channel, choice: index }], repeats: [], ended: [] }
    }
    const texts: ChunkText[] = []
    const repeats: (TextSpot & { channel: string })[] = []
    const ended = type.endsWith('.done') ? [index] : []
    for (const { spot, at } of wholeTexts(event, index)) {
      const before = channelOf(at, spot.text)
      if (before !== undefined) {
        repeats.push({ ...spot, channel: before })
        continue
      }
      wholes += 1
      // Nothing continues it, so it is a choice of its own, and has ended.
      const channel = `${at}:whole ${wholes}`
      came.set(channel, spot.text)
      texts.push({ ...spot, role: 'assistant', channel, choice: -wholes })
      ended.push(-wholes)
    }
    return { texts, repeats, ended }
  }

  const channelOf = (index: number, text: string): string | undefined => {
    for (const [channel, whole] of came) if (whole === text && channel.startsWith(`${index}:`)) return channel
    return undefined
  }

  const readOnce = (event: object): Read => {
    let found = known.get(event)
    if (!found) known.set(event, (found = read(event as Json)))
    return found
  }

  return {
    texts: (event) => readOnce(event).texts,
    ended: (event) => readOnce(event).ended,
    leaving(original, judged, texts) {
      const { texts: pieces, repeats } = readOnce(original)
      pieces.forEach(({ channel }, i) => left.set(channel, (left.get(channel) ?? '') + texts[i]!))
      const shown = withTexts(judged, repeats, repeats.map(({ channel, text }) => left.get(channel) ?? text))
      return shown === original ? original : withoutAnyLogprobs(shown)
    },
  }
}

/** The texts that an event holds whole, and the place in the output of what they belong to. */
function wholeTexts(event: Json, index: number): { readonly spot: TextSpot; readonly at: number }[] {
  const own = holders.flatMap((field) => itemSpots(event[field], [field]).map((spot) => ({ spot, at: index })))
  const response = event['response']
  const output = typeof response === 'object' && response !== null ? (response as Json)['output'] : undefined
  if (!Array.isArray(output)) return own
  return [...own, ...output.flatMap((item: unknown, at) => itemSpots(item, ['response', 'output', at]).map((spot) => ({ spot, at })))]
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
