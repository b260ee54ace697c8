/**
 * A sink: records wait in a queue, leave in batches, and are counted when they are lost.
 *
 * - `record` stores the record and returns. It is mapped when its batch is made, on a later turn
 *   of the event loop, so the request path pays neither for mapping nor for sending.
 * - A batch leaves when it has `maxItems`, about `maxBytes`, or its oldest record is `maxAgeMs` old.
 * - At most `concurrency` batches are under way, so a slow target fills the queue and not the heap.
 * - A full queue drops its oldest waiting record: after an outage the newest are worth more than
 *   those that somebody has already been paged about. Batches under way count towards the limit
 *   and are not dropped; if nothing waits, the new record is the one lost.
 */
import type { Callback, CallbackNeeds, CallRecord, Host, Timer } from '@tianjillm/core'
import type { RetryPolicy } from './backoff.ts'
import { Backlog, type Batch } from './backlog.ts'
import { deliver, type Delivery, type SendResult } from './deliver.ts'
import { createNotices } from './notices.ts'
import { placeOf } from './send-error.ts'

export interface SinkOptions<Item> {
  /** The plugin's name, for the log. */
  readonly name: string
  readonly host: Pick<Host, 'clock' | 'log'>
  /** What the mapping reads beyond names, times and status. Default nothing: then it never sees a text. */
  readonly needs?: CallbackNeeds
  /** The record in the target's words; undefined: the target is not told of it. Pure. A throw loses this record only. */
  readonly map: (record: CallRecord) => Item | undefined
  /**
   * Delivers a batch. Called again with the same items on a retry, so ids derived from them stay
   * the same. Throw a SendError to say what may be retried; the kit's `post` does.
   */
  readonly send: (items: readonly Item[], signal: AbortSignal) => Promise<SendResult | void>
  /** Items in a batch. Default 100. */
  readonly maxItems?: number
  /** About how many bytes of JSON a batch may have. Default: no limit. An item above it goes alone. */
  readonly maxBytes?: number
  /** How long a record may wait for its batch to fill, in milliseconds. Default 5,000. */
  readonly maxAgeMs?: number
  /** Records held at once, those under way included. Default 10,000. */
  readonly queueLimit?: number
  /** About how many bytes the held records may have. Default 64 MiB. */
  readonly queueBytes?: number
  readonly retry?: Partial<RetryPolicy>
  /** Batches under way at once. Default 2. */
  readonly concurrency?: number
  /** Longest time of one attempt, in milliseconds. Default 30,000. */
  readonly sendTimeoutMs?: number
  /** 0 (included) to 1 (excluded), for the jitter. Default `Math.random`. */
  readonly random?: () => number
}

/** Records are shared: a text may be there because another sink asked for it. */
function withoutText(record: CallRecord): CallRecord {
  if (!record.text) return record
  const { text: _text, ...rest } = record
  return rest
}

/** Makes a callback out of a mapping and a send. */
export function createSink<Item>(options: SinkOptions<Item>): Callback {
  const { name, host, needs = {}, maxItems = 100, maxBytes = Infinity, maxAgeMs = 5000, queueLimit = 10_000, queueBytes = 64 << 20, concurrency = 2 } = options
  const { clock } = host
  const notice = createNotices(host.log, clock)
  const backlog = new Backlog<Item>({ maxItems, maxBytes, queueLimit, queueBytes })
  const stop = new AbortController()
  const delivery: Delivery<Item> = {
    send: async (items, signal) => options.send(items, signal),
    retry: { attempts: 5, baseMs: 500, maxMs: 30_000, ...options.retry },
    sendTimeoutMs: options.sendTimeoutMs ?? 30_000,
    clock,
    random: options.random ?? Math.random,
    stop: stop.signal,
    hurry: new Set(),
  }
  const underWay = new Set<Batch<Item>>()
  /** Who waits for all records up to a sequence. */
  const waiters = new Set<{ readonly upTo: number; readonly done: () => void }>()
  /** Records up to this sequence leave without waiting for company. */
  let flushedUpTo = 0
  let sent = 0
  let dropped = 0
  let timer: Timer | undefined
  let scheduled = false
  let closing: Promise<void> | undefined

  function map(record: CallRecord): Item | undefined {
    try {
      return options.map(record)
    } catch (thrown) {
      dropped++
      notice('map', { callback: name, record: record.id, error: placeOf(thrown) }, 'A callback could not map a record; it is dropped.')
      return undefined
    }
  }

  async function run(batch: Batch<Item>): Promise<void> {
    underWay.add(batch)
    const outcome = await deliver(batch.items, delivery)
    underWay.delete(batch)
    backlog.release(batch.items.length, batch.bytes)
    sent += outcome.sent
    dropped += outcome.dropped
    if (outcome.dropped > 0) {
      const { error } = outcome
      notice('send', { callback: name, dropped: outcome.dropped, status: error?.status, reason: error?.message ?? 'The target refused part of a batch.' }, 'A callback lost records.')
    }
    pump()
  }

  function isDue(): boolean {
    const { head } = backlog
    return head !== undefined && (backlog.fillsBatch || head.sequence <= flushedUpTo || clock.monotonic() - head.since >= maxAgeMs)
  }

  /** Starts what is due, then sees to those who wait and to the next waking. */
  function pump(): void {
    while (underWay.size < concurrency && !stop.signal.aborted && isDue()) {
      const batch = backlog.take(map)
      if (batch.items.length > 0) void run(batch)
    }
    for (const waiter of waiters) if (isSettled(waiter.upTo)) waiter.done()
    arm()
  }

  function isSettled(upTo: number): boolean {
    if (backlog.head && backlog.head.sequence <= upTo) return false
    for (const { first } of underWay) if (first <= upTo) return false
    return true
  }

  /** Wakes when the oldest waiting record is old enough. With all places taken, the end of a batch wakes. */
  function arm(): void {
    const { head } = backlog
    if (timer || head === undefined || underWay.size >= concurrency || stop.signal.aborted) return
    timer = clock.after(Math.max(0, head.since + maxAgeMs - clock.monotonic()), () => {
      timer = undefined
      pump()
    })
  }

  /** Pumps on a later turn of the event loop, not on the request's. */
  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      pump()
    })
  }

  function record(call: CallRecord): void {
    const lost = closing ? 1 : backlog.add(needs.text ? call : withoutText(call), clock.monotonic())
    if (lost > 0) {
      dropped += lost
      notice('full', { callback: name, queued: backlog.held, dropped }, closing ? 'A callback was given a record after its close.' : 'A callback\'s queue is full: its target is slower than the traffic. Records are dropped.')
    }
    if (!backlog.fillsBatch) arm()
    else if (underWay.size < concurrency) schedule()
  }

  function settled(upTo: number, signal?: AbortSignal): Promise<void> {
    if (isSettled(upTo)) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter = {
        upTo,
        done: () => {
          waiters.delete(waiter)
          signal?.removeEventListener('abort', waiter.done)
          resolve()
        },
      }
      waiters.add(waiter)
      signal?.addEventListener('abort', waiter.done)
    })
  }

  async function flush(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    flushedUpTo = backlog.sequence
    for (const wake of delivery.hurry) wake()
    pump()
    await settled(flushedUpTo, signal)
  }

  async function shut(signal: AbortSignal): Promise<void> {
    await flush(signal)
    stop.abort()
    timer?.cancel()
    const lost = backlog.waiting
    while (backlog.dropOldest()) dropped++
    if (lost > 0) notice('close', { callback: name, dropped: lost }, 'A callback was closed before it could deliver everything.')
    // Batches under way end at `stop` by themselves; wait until they are counted.
    await settled(backlog.sequence)
  }

  return {
    needs,
    record,
    flush,
    close: (signal) => (closing ??= shut(signal)),
    stats: () => ({ queued: backlog.held, sent, dropped }),
  }
}
