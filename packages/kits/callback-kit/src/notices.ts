import type { Clock, Log } from '@tianjillm/core'

/** Writes a warning; repeats of the same `kind` within a minute are counted and told with the next one. */
export type Notices = (kind: string, fields: object, message: string) => void

const EVERY_MS = 60_000

/** A target that is down for an hour is worth sixty lines in the log, not a line for each batch. */
export function createNotices(log: Log, clock: Clock): Notices {
  const said = new Map<string, { at: number; held: number }>()
  return (kind, fields, message) => {
    const now = clock.monotonic()
    const before = said.get(kind)
    if (before && now - before.at < EVERY_MS) {
      before.held++
      return
    }
    said.set(kind, { at: now, held: 0 })
    log.warn(before && before.held > 0 ? { ...fields, repeated: before.held } : fields, message)
  }
}
