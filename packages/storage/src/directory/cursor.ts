import { GatewayError } from '@tianjillm/core'

/** A place in a list that goes from new to old, as text that a caller gives back. @param at epoch milliseconds */
export function writeCursor(at: number, id: string): string {
  return `${at}:${id}`
}

/** @throws `invalid_request` for a text that no page ended with */
export function readCursor(text: string): { readonly at: Date; readonly id: string } {
  const colon = text.indexOf(':')
  const at = new Date(Number(text.slice(0, colon)))
  if (colon < 1 || Number.isNaN(at.getTime())) throw new GatewayError('invalid_request', 'The cursor must be the `next` of an earlier page.', { param: 'after' })
  return { at, id: text.slice(colon + 1) }
}
