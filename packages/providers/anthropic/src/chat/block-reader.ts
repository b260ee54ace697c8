import type { ChatDelta, ThinkingBlock } from '@tianjillm/core'
import { asString, isRecord, parseJson } from '@tianjillm/provider-kit'
import { isJsonTool, thinkingBlockOf } from './answer.ts'
import { annotationsOf } from './citations.ts'
import { jsonText } from './response-format.ts'
import type { Block } from './wire.ts'

type Send = (delta: ChatDelta) => void
type Delta = Readonly<Record<string, unknown>>

/** A block while it comes in. Texts are kept in pieces and joined once. */
interface OpenBlock {
  readonly start: Block
  text: string
  thinking: string
  signature: string
  /** Input of a tool, as JSON text. */
  json: string
  readonly citations: unknown[]
  /** Position among the tool calls; -1 when it is none that the caller sees. */
  readonly toolIndex: number
  /** Where its text begins in the whole text. */
  readonly offset: number
  readonly answers: boolean
}

/** Puts the blocks of one stream together, and says what each event adds in OpenAI's words. */
export interface BlockReader {
  open(index: number, start: Delta, send: Send): void
  add(index: number, delta: Delta, send: Send): void
  close(index: number, send: Send): void
  /** Sends what was held back. */
  flush(send: Send): void
  /** The blocks, whole, as an answer that is not streamed has them. */
  blocks(): Block[]
  /** Whether the answer is JSON that came through a tool, and no other tool was called. */
  onlyAnswered(): boolean
}

export function createBlockReader(jsonTool: 'plain' | 'wrapped' | undefined): BlockReader {
  const open = new Map<number, OpenBlock>()
  const whole: Block[] = []
  let tools = 0
  let textLength = 0
  let answered = false
  /** Text that would break a JSON answer, held until it is known whether one comes. */
  let held = ''

  function sendText(text: string, block: OpenBlock, send: Send): void {
    if (text === '') return
    block.text += text
    textLength += text.length
    if (jsonTool) held += text
    else send({ content: text })
  }

  function sendThinking(thinking: string, block: OpenBlock, send: Send): void {
    if (thinking === '') return
    block.thinking += thinking
    send({ reasoning_content: thinking, thinking_blocks: [{ type: 'thinking', thinking }] })
  }

  function sendJson(json: string, block: OpenBlock, send: Send): void {
    if (json === '') return
    block.json += json
    if (block.answers) {
      if (jsonTool === 'plain') send({ content: json })
    } else if (block.toolIndex >= 0) send({ tool_calls: [{ index: block.toolIndex, function: { arguments: json } }] })
  }

  return {
    open(index, given, send) {
      const start = { ...given, type: asString(given['type']) ?? '' } as Block
      const answers = isJsonTool(start, jsonTool)
      const visible = start.type === 'tool_use' && !answers
      const block: OpenBlock = { start, text: '', thinking: '', signature: '', json: '', citations: [], toolIndex: visible ? tools : -1, offset: textLength, answers }
      open.set(index, block)
      if (answers) answered = true
      if (visible) {
        tools += 1
        send({ tool_calls: [{ index: block.toolIndex, id: asString(start['id']) ?? '', type: 'function', function: { name: asString(start['name']) ?? '', arguments: '' } }] })
      }
      if (start.type === 'redacted_thinking') send({ thinking_blocks: [thinkingBlockOf(start)!] })
      if (start.type === 'text') sendText(asString(start['text']) ?? '', block, send)
      if (start.type === 'thinking') sendThinking(asString(start['thinking']) ?? '', block, send)
    },
    add(index, delta, send) {
      const block = open.get(index)
      if (!block) return
      switch (delta['type']) {
        case 'text_delta': return sendText(asString(delta['text']) ?? '', block, send)
        case 'thinking_delta': return sendThinking(asString(delta['thinking']) ?? '', block, send)
        case 'input_json_delta': return sendJson(asString(delta['partial_json']) ?? '', block, send)
        case 'citations_delta':
          block.citations.push(delta['citation'])
          return
        case 'signature_delta': {
          const signature = asString(delta['signature']) ?? ''
          block.signature += signature
          const piece: ThinkingBlock = { type: 'thinking', thinking: '', signature }
          return send({ thinking_blocks: [piece] })
        }
      }
    },
    close(index, send) {
      const block = open.get(index)
      if (!block) return
      open.delete(index)
      // A tool without arguments sends none; some servers send all with the start.
      if (block.start.type === 'tool_use' && block.json === '') sendJson(JSON.stringify(block.start['input'] ?? {}), block, send)
      if (block.answers && jsonTool === 'wrapped') send({ content: jsonText(parseJson(block.json), jsonTool) })
      if (block.citations.length > 0 && !jsonTool) {
        const annotations = annotationsOf(block.citations, block.offset, textLength)
        if (annotations.length > 0) send({ annotations })
      }
      whole.push(wholeBlock(block))
    },
    flush(send) {
      if (held !== '' && !answered) send({ content: held })
      held = ''
    },
    blocks: () => (answered ? whole.filter((block) => !isJsonTool(block, jsonTool) && block.type !== 'text') : whole),
    onlyAnswered: () => answered && tools === 0,
  }
}

function wholeBlock({ start, text, thinking, signature, json, citations }: OpenBlock): Block {
  const input = json === '' ? undefined : parseJson(json)
  return {
    ...start,
    ...(start.type === 'text' && { text }),
    ...(citations.length > 0 && { citations }),
    ...(start.type === 'thinking' && { thinking, signature: signature || (asString(start['signature']) ?? '') }),
    ...(isRecord(input) && { input }),
  }
}
