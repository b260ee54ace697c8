import { randomFillSync } from 'node:crypto'

/** Ids that are written out at a time. */
const PAGE = 256
const BYTES = 16
const CHARACTERS = 36

/**
 * Random UUIDs (RFC 9562, version 4). Written out a page at a time: a third of what `crypto.randomUUID` costs, and
 * each is one flat string, where that one's is a rope that whoever writes it has to straighten.
 */
export function createRequestIds(): () => string {
  const random = Buffer.allocUnsafeSlow(PAGE * BYTES)
  const page = Buffer.allocUnsafeSlow(PAGE * CHARACTERS)
  let at = page.length
  const fill = (): void => {
    randomFillSync(random)
    for (let from = 0, to = 0; from < random.length; from += BYTES) {
      random[from + 6] = (random[from + 6]! & 0x0f) | 0x40
      random[from + 8] = (random[from + 8]! & 0x3f) | 0x80
      for (let i = 0; i < BYTES; i += 1) {
        if (i === 4 || i === 6 || i === 8 || i === 10) page[to++] = DASH
        const byte = random[from + i]!
        page[to++] = digits[byte >> 4]!
        page[to++] = digits[byte & 15]!
      }
    }
    at = 0
  }
  return () => {
    if (at === page.length) fill()
    at += CHARACTERS
    return page.toString('latin1', at - CHARACTERS, at)
  }
}

const DASH = 0x2d
const digits = Buffer.from('0123456789abcdef')
