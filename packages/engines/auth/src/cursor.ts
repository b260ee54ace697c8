import { GatewayError } from '@tianjillm/core'

/** A place in a list that goes from new to old. */
export interface Place {
  readonly createdAt: number
  readonly id: string
}

/** A place as text that a caller gives back. */
export function cursorOf({ createdAt, id }: Place): string {
  return `${createdAt}:${id}`
}

/** @throws `invalid_request` for a text that no page ended with */
export function readCursor(text: string): Place {
  const colon = text.indexOf(':')
  const createdAt = Number(text.slice(0, colon))
  if (colon < 1 || !Number.isSafeInteger(createdAt) || Math.abs(createdAt) > 8.64e15) throw new GatewayError('invalid_request', 'The cursor must be the `next` of an earlier page.', { param: 'after' })
  return { createdAt, id: text.slice(colon + 1) }
}
