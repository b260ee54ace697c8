/** One judgement of a channel: what is shown to the judge, and what its answers mean. */
export interface Look {
  /** Context and all held text. */
  readonly text: string
  /** Context and the part that may leave; the rest. Asked about when `text` was rewritten. */
  readonly head: string
  readonly tail: string
  /** Takes the verdict on `text`; false when `head` and `tail` must be judged too. */
  settle(text: string): boolean
  settleSplit(head: string, tail: string): void
}

/** One run of text in a stream. Lengths are in characters of the text as it came. */
export interface Channel {
  readonly choice: number
  /** Held text, as it came. */
  readonly text: string
  /** Whether a judgement would let text go. */
  readonly due: boolean
  add(text: string): void
  /** Text of another channel of the choice came. */
  overtaken(chars: number): void
  end(): void
  /** Prepares a judgement; `final`: no text comes after it. */
  look(final: boolean): Look
  /** Whether the next `chars` may leave. */
  ready(chars: number): boolean
  /** Their text after judgement. Of a rewritten run, its first piece takes all and the others nothing. */
  take(chars: number): string
}

export function createChannel(choice: number, windowChars: number): Channel {
  let held = ''
  let context = ''
  /** Characters at the beginning of `held` that may leave; `given` is what they became, when they were rewritten. */
  let free = 0
  let given: string | undefined
  let nextLook = 2 * windowChars
  let ended = false
  let behind = 0

  const closed = (): boolean => windowChars !== Infinity && (ended || behind >= windowChars)

  return {
    choice,
    get text() {
      return held
    },
    get due() {
      return closed() ? free < held.length : held.length >= nextLook
    },
    add(text) {
      held += text
      behind = 0
      ended = false
    },
    overtaken(chars) {
      behind += chars
    },
    end() {
      ended = true
    },
    look(final) {
      const from = free
      const before = contextOf(context + (given ?? held.slice(0, from)), windowChars)
      const fresh = held.slice(from)
      const whole = before + fresh
      const cut = final || closed() ? fresh.length : Math.max(0, fresh.length - windowChars)
      nextLook = held.length + Math.max(1, windowChars)
      const grant = (text: string): void => {
        const same = text === fresh.slice(0, cut)
        if (!same || given !== undefined) given = (given ?? held.slice(0, from)) + text
        free = from + cut
      }
      let rewritten = whole
      return {
        text: whole,
        head: before + fresh.slice(0, cut),
        tail: fresh.slice(cut),
        settle(text) {
          rewritten = text
          if (text === whole) grant(fresh.slice(0, cut))
          else if (cut === fresh.length) grant(afterContext(before, text))
          else return cut === 0
          return true
        },
        settleSplit(head, tail) {
          // Only a cut that no finding crosses gives the same text in two parts as in one.
          if (head + tail === rewritten) grant(afterContext(before, head))
        },
      }
    },
    ready: (chars) => chars <= free,
    take(chars) {
      const text = given ?? held.slice(0, chars)
      held = held.slice(chars)
      free -= chars
      nextLook -= chars
      if (given !== undefined) given = free > 0 ? '' : undefined
      context = contextOf(context + text, windowChars)
      return text
    },
  }
}

/**
 * The end of what has left: at least `windowChars`, so that a finding which began there is still seen whole,
 * and up to as much again, so that it begins at a word: half a word must not be taken for a whole one.
 */
function contextOf(text: string, windowChars: number): string {
  if (text.length <= 2 * windowChars) return text
  const end = text.slice(-2 * windowChars)
  const halfWord = /^\w*/.exec(end)![0].length
  return end.slice(Math.min(halfWord, windowChars))
}

/** What a judged text has behind its context. Where the judge rewrote the context itself, that has left and stays as it was. */
function afterContext(context: string, text: string): string {
  let common = 0
  while (common < context.length && context[common] === text[common]) common += 1
  return text.slice(common)
}
