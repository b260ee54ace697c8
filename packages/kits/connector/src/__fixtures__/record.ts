import type { GatewayError, HttpControl, HttpHandler, HttpHeaders } from '@tianjillm/core'

/** A handler that keeps what it hears and lets a test wait for it. */
export class Recorder implements HttpHandler {
  readonly events: string[] = []
  status = 0
  headers: HttpHeaders = {}
  body = ''
  error: GatewayError | undefined
  #waiting: { until: () => boolean; resolve: () => void }[] = []
  #onHead: ((control: HttpControl) => void) | undefined
  #onData: ((chunk: Buffer) => void) | undefined

  constructor(hooks: { onHead?: (control: HttpControl) => void; onData?: (chunk: Buffer) => void } = {}) {
    this.#onHead = hooks.onHead
    this.#onData = hooks.onData
  }

  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    this.status = status
    this.headers = headers
    this.#heard('head')
    this.#onHead?.(control)
  }

  onData(chunk: Buffer): void {
    this.body += chunk.toString()
    this.#heard('data')
    this.#onData?.(chunk)
  }

  onEnd(): void {
    this.#heard('end')
  }

  onError(error: GatewayError): void {
    this.error = error
    this.#heard('error')
  }

  /** Resolves once `what` was heard. */
  heard(what: 'head' | 'data' | 'end' | 'error'): Promise<void> {
    return this.until(() => this.events.includes(what))
  }

  /** Resolves when the call is over; to the error, if there is one. */
  async over(): Promise<GatewayError | undefined> {
    await this.until(() => this.events.includes('end') || this.events.includes('error'))
    return this.error
  }

  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ until: condition, resolve }))
  }

  #heard(event: string): void {
    this.events.push(event)
    this.#waiting = this.#waiting.filter(({ until, resolve }) => {
      if (!until()) return true
      resolve()
      return false
    })
  }
}

/** Rejections as values: the error's code, or `sent` when there was an answer. */
export async function outcome(sent: Promise<unknown>): Promise<string> {
  try {
    await sent
    return 'sent'
  } catch (error) {
    return (error as GatewayError).code ?? String(error)
  }
}

/** Several turns of the event loop, so that what is about to happen has happened. */
export async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
