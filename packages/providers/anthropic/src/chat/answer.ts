import type { ThinkingBlock } from '@tianjillm/core'
import { asArray, asRecord, asString } from '@tianjillm/provider-kit'
import { stopFacts } from './finish-reason.ts'
import { JSON_TOOL } from './response-format.ts'
import type { Block } from './wire.ts'

/** A thinking block in our form, or undefined for other blocks. */
export function thinkingBlockOf(block: Block): ThinkingBlock | undefined {
  if (block.type === 'redacted_thinking') return { type: 'redacted_thinking', data: asString(block['data']) ?? '' }
  if (block.type !== 'thinking') return undefined
  return { type: 'thinking', thinking: asString(block['thinking']) ?? '', signature: asString(block['signature']) ?? '' }
}

const order: Readonly<Record<string, number>> = { thinking: 0, redacted_thinking: 0, text: 1, tool_use: 2 }

/** Whether OpenAI's fields hold all of the answer, so that it can be sent back from them. */
function fitsOpenAI(blocks: readonly Block[]): boolean {
  let stage = 0
  return blocks.every((block) => {
    const next = order[block.type]
    if (next === undefined || next < stage || asArray(block['citations']).length > 0) return false
    stage = next
    return true
  })
}

/**
 * What OpenAI's fields have no place for: how it stopped, citations, search results, and all blocks as
 * they came when they must be sent back in their order (server tools, interleaved thinking).
 */
export function providerFields(message: Readonly<Record<string, unknown>>, blocks: readonly Block[]): Record<string, unknown> | undefined {
  const citations = blocks.flatMap((block) => (asArray(block['citations']).length > 0 ? [block['citations']] : []))
  const searches = blocks.filter(({ type }) => type === 'web_search_tool_result')
  const fields: Record<string, unknown> = {
    ...stopFacts(message),
    ...(citations.length > 0 && { citations }),
    ...(searches.length > 0 && { web_search_results: searches }),
    ...(!fitsOpenAI(blocks) && { content_blocks: blocks }),
  }
  return Object.keys(fields).length > 0 ? fields : undefined
}

/** Why a request was refused, where the answer says so. */
export function refusalOf(message: Readonly<Record<string, unknown>>): string | undefined {
  return message['stop_reason'] === 'refusal' ? asString(asRecord(message['stop_details'])['explanation']) : undefined
}

/** The block that answers a `response_format`, if it was asked for through a tool. */
export function isJsonTool(block: Block, jsonTool: 'plain' | 'wrapped' | undefined): boolean {
  return jsonTool !== undefined && block.type === 'tool_use' && block['name'] === JSON_TOOL
}
