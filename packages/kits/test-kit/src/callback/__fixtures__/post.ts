/** A small, correct sink that posts JSON arrays, for the kit's own tests. Bugs are put in from outside. */
import { type Callback, type CallbackPlugin, type CallRecord, type Host, isGatewayError, type Timer } from '@tianjillm/core'
import * as v from 'valibot'

const config = v.strictObject({ url: v.string(), api_key: v.string() })
type Config = v.InferOutput<typeof config>

export interface PostOptions {
  readonly limit?: number
  readonly attempts?: number
  readonly batch?: number
  readonly retries?: (status: number) => boolean
  readonly body?: (records: readonly CallRecord[], config: Config) => unknown
  readonly change?: (callback: Callback, config: Config, host: Host) => Partial<Callback>
}

export function post(options: PostOptions = {}): CallbackPlugin<Config> {
  return Object.freeze({
    apiVersion: 1, kind: 'callback', name: 'post', version: '1.0.0', config,
    create(read: Config, host: Host) {
      const callback = sink(read, host, options)
      return { ...callback, ...options.change?.(callback, read, host) }
    },
  } satisfies CallbackPlugin<Config>)
}

function sink({ url, api_key }: Config, { http, clock }: Host, options: PostOptions): Callback {
  const { limit = 1000, attempts = 5, batch = 100, retries = (status) => status === 429 || status >= 500 } = options
  const { body = (records: readonly CallRecord[]) => records.map(({ text: _text, ...rest }) => rest) } = options
  let queue: CallRecord[] = []
  let underWay = 0
  let sent = 0
  let dropped = 0
  let timer: Timer | undefined
  let work: Promise<void> | undefined
  let stop = new AbortController()

  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const pausing = clock.after(ms, resolve)
    stop.signal.addEventListener('abort', () => { pausing.cancel(); resolve() }, { once: true })
  })

  async function deliver(records: CallRecord[]): Promise<boolean> {
    for (let attempt = 1; attempt <= attempts && !stop.signal.aborted; attempt++) {
      if (attempt > 1) await pause(1000)
      try {
        const { status } = await http.send({ method: 'POST', url, headers: { 'x-api-key': api_key }, body: JSON.stringify(body(records, { url, api_key })) }, { signal: stop.signal })
        if (status < 300) return true
        if (!retries(status)) return false
      } catch (error) {
        if (!isGatewayError(error)) return false
      }
    }
    return false
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const records = queue.splice(0, batch)
      underWay = records.length
      if (await deliver(records)) sent += records.length
      else dropped += records.length
      underWay = 0
    }
  }

  const start = (): Promise<void> => {
    timer?.cancel()
    timer = undefined
    work ??= run().finally(() => { work = undefined })
    return work
  }

  async function flush(signal: AbortSignal): Promise<void> {
    const giveUp = (): void => {
      dropped += queue.length
      queue = []
      stop.abort()
    }
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    await start()
    signal.removeEventListener('abort', giveUp)
    stop = new AbortController()
  }

  return {
    needs: {},
    record(record) {
      if (queue.length + underWay >= limit) dropped += 1
      else queue.push(record)
      timer ??= clock.after(1000, () => void start())
    },
    flush,
    async close(signal) {
      await flush(signal)
      timer?.cancel()
    },
    stats: () => ({ queued: queue.length + underWay, sent, dropped }),
  }
}
