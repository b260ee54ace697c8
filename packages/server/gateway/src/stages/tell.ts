import type { Callback, CallRecord } from '@tianjillm/core'
import type { Settings } from '../settings.ts'

/** Faults in a row after which a callback is left out. */
const MOST_FAULTS = 10
/** Milliseconds until it is tried again. */
const REST_MS = 60_000

interface Faults {
  count: number
  restsUntil: number
}

/** By the callback itself: settings are swapped, it stays. */
const faultsOf = new WeakMap<Callback, Faults>()

/**
 * Tells every sink that hears of such calls. One that throws harms nobody else; one that throws each time is left out
 * for a minute, and that is logged.
 */
export function tell({ callbacks, clock, log }: Settings, record: CallRecord): void {
  for (const { name, callback, hears } of callbacks) {
    const faults = faultsOf.get(callback)
    if (faults && faults.count >= MOST_FAULTS && clock.monotonic() < faults.restsUntil) continue
    try {
      if (hears(record)) callback.record(record)
      if (faults) faultsOf.delete(callback)
    } catch (error) {
      const count = (faults?.count ?? 0) + 1
      faultsOf.set(callback, { count, restsUntil: clock.monotonic() + REST_MS })
      log.error({ callback: name, id: record.id, err: error, faults: count, ...(count >= MOST_FAULTS && { left_out_ms: REST_MS }) }, 'callback threw')
    }
  }
}
