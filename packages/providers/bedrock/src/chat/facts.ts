import type { Call } from '@tianjillm/core'

/** What the answer's reader must know of the request. */
export interface ChatFacts {
  /** The tool that stands for `response_format`: its input is the answer's text. */
  readonly jsonTool: string | undefined
  /** Names as Bedrock takes them -> names as the caller wrote them, where they differ. */
  readonly toolNames: ReadonlyMap<string, string>
}

const none: ChatFacts = { jsonTool: undefined, toolNames: new Map() }
const facts = new WeakMap<Call, ChatFacts>()

export function keepFacts(call: Call, kept: ChatFacts): void {
  facts.set(call, kept)
}

/** Facts of a call; empty ones for a call whose request was not made here. */
export function factsOf(call: Call): ChatFacts {
  return facts.get(call) ?? none
}
