import type { GatewayError } from '@tianjillm/core'
import { asGatewayError } from '@tianjillm/core'
import type { OutputWindow } from '@tianjillm/guardrail-kit'
import type { RequestContext } from '../context.ts'
import type { TextCollector } from '../reply/text-collector.ts'

/** What a sink does to the stream that feeds it. */
export interface SinkHooks {
  /** Sends the head, before the first byte. */
  start(): void
  pause(): void
  resume(): void
  fail(error: GatewayError): void
}

/** How chunks look to the caller. */
export interface ChunkView {
  /** What the caller is to see in a chunk's place. */
  show(chunk: unknown): unknown
  /** Whether a chunk says nothing yet but that an answer was begun: until something else comes, another deployment may answer. */
  isEarly(chunk: unknown): boolean
}

/**
 * Where translated chunks go: through the output guardrails' window if there is one, then encoded, then
 * to the client in one write per arrival.
 */
export class ChunkSink {
  readonly #ctx: RequestContext
  readonly #window: OutputWindow<unknown> | undefined
  readonly #collector: TextCollector | undefined
  #hooks: SinkHooks | undefined
  #pending = ''
  /** The client takes no more for now. */
  #full = false
  #closed = false
  /** A guardrail is looking; set while the upstream is paused for it. */
  #looking: Promise<void> | undefined

  readonly #see: ((chunk: unknown) => void) | undefined
  readonly #view: ChunkView | undefined
  /** Something was said, or need not be waited for. */
  #said: boolean

  /** @param see is shown every chunk before anything else is */
  constructor(ctx: RequestContext, collector: TextCollector | undefined, makeWindow?: (release: (chunk: unknown) => void) => OutputWindow<unknown>, see?: (chunk: unknown) => void, view?: ChunkView) {
    this.#ctx = ctx
    this.#see = see
    this.#view = view
    this.#said = view === undefined
    this.#collector = collector
    this.#window = makeWindow?.((chunk) => this.#out(chunk))
  }

  attach(hooks: SinkHooks): void {
    this.#hooks = hooks
    this.#ctx.exchange.onDrain(() => {
      this.#full = false
      this.#resume()
    })
  }

  /** The stream is over: nothing is judged or written any more. */
  close(): void {
    this.#closed = true
  }

  push(pushed: unknown): void {
    const chunk = this.#view ? this.#view.show(pushed) : pushed
    const named = chunk as { model?: string }
    // The caller reads the name it asked for.
    if (named.model !== undefined) named.model = this.#ctx.shownModel
    this.#see?.(chunk)
    if (this.#window) this.#window.push(chunk)
    else this.#out(chunk)
  }

  /** Judges and writes what is ready. @throws what a synchronous guardrail decided */
  flush(): void {
    if (this.#closed) return
    try {
      if (this.#window && !this.#looking) this.#look(this.#window.advance(false))
    } finally {
      // What was released before a refusal was judged.
      this.#write()
    }
  }

  /** Everything has come. Resolves when everything is written; rejects with a guardrail's refusal. */
  async finish(): Promise<void> {
    await this.#looking
    if (this.#closed) return
    await this.#window?.advance(true)
    this.#said = true
    this.#write()
  }

  /** The answer's text, for sinks that need it. */
  text(): unknown {
    return this.#collector?.result()
  }

  #look(answer: void | Promise<void>): void {
    if (!(answer instanceof Promise)) return
    this.#hooks!.pause()
    this.#looking = answer.then(
      () => {
        this.#looking = undefined
        this.#write()
        this.#resume()
      },
      (error: unknown) => {
        this.#looking = undefined
        if (!this.#closed) this.#hooks!.fail(asGatewayError(error))
      },
    )
  }

  #resume(): void {
    if (!this.#looking && !this.#full && !this.#closed) this.#hooks!.resume()
  }

  #out(chunk: unknown): void {
    if (!this.#said) this.#said = !this.#view!.isEarly(chunk)
    this.#collector?.add(chunk)
    this.#pending += this.#ctx.route.codec.encodeChunk(chunk as never, this.#ctx.showUsage)
  }

  #write(): void {
    if (this.#pending === '' || this.#closed || !this.#said) return
    const { exchange } = this.#ctx
    if (!exchange.started) this.#hooks!.start()
    const piece = this.#pending
    this.#pending = ''
    if (exchange.write(piece)) return
    this.#full = true
    this.#hooks!.pause()
  }
}
