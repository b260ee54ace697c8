import type { UsageSheet } from '@tianjillm/spend'
import type { JsonBytes } from './json-bytes.ts'

/** Bytes that are written before others get their turn: two milliseconds or so. */
const BYTES_A_TURN = 256 * 1024

/** The same sheets, so that whoever writes answers of them lets calls of models get their turn between them. */
export async function* inTurns(sheets: AsyncIterable<UsageSheet> | Iterable<UsageSheet>, json: JsonBytes): AsyncGenerator<UsageSheet, void, undefined> {
  let turn = json.length
  for await (const sheet of sheets) {
    if (json.length - turn >= BYTES_A_TURN) {
      await new Promise((resolve) => setImmediate(resolve))
      turn = json.length
    }
    yield sheet
  }
}
