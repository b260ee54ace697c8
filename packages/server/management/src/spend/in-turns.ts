import type { UsageSheet } from '@tianjillm/spend'

/** Rows that are worked on before others get their turn: two milliseconds or so. */
const ROWS_A_TURN = 2000

/** The same sheets, so that whoever works on them lets calls of models get their turn between them. */
export async function* inTurns(sheets: AsyncIterable<UsageSheet> | Iterable<UsageSheet>): AsyncGenerator<UsageSheet, void, undefined> {
  let rows = 0
  for await (const sheet of sheets) {
    if (rows >= ROWS_A_TURN) {
      await new Promise((resolve) => setImmediate(resolve))
      rows = 0
    }
    yield sheet
    rows += sheet.rows
  }
}
