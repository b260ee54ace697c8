import type { Socket } from 'node:net'
import { type HttpHeaders, TurnQueue } from '@tianjillm/core'
import type { Dial } from './connect.ts'
import { type Deadlines, Timed } from './deadlines.ts'
import { Malformed } from './http1/malformed.ts'
import type { ResponseHead } from './http1/response-head.ts'
import { ResponseReader, type ResponseSink } from './http1/response-reader.ts'
import { type Message, writeRequest } from './http1/write-request.ts'
import { keptFor } from './http1/keep-alive.ts'
import { hearSocket } from './receive.ts'

/** What a connection carries: a call that hears of its answer, piece by piece. */
export interface Rider {
  readonly message: Message
  /** The connection that carries it. */
  lane: Lane | undefined
  /** The request was handed to the socket. */
  onSent(): void
  /** Also of interim answers (1xx). */
  onHead(status: number, headers: HttpHeaders): void
  /** The buffer is the rider's to keep. */
  onData(chunk: Buffer): void
  /** The whole answer is there. The lane does nothing more for it. */
  onEnd(): void
  /** The connection could not be made, broke, or told something that is no answer. It is of no more use. */
  onBroken(error: Error): void
  /** The call is over: tells the handler, after the caller has the control. */
  fail(error: unknown): void
}

/** How lanes are made and how long they wait for calls. Times in milliseconds. */
export interface LaneOptions {
  readonly dial: Dial
  readonly deadlines: Deadlines
  readonly keepAliveTimeout: number
  readonly maxHeaderSize: number
}

// One for all: a stack trace costs, and says nothing.
const closed = Object.assign(new Error('the other side closed the connection'), { code: 'ECONNRESET' })

/** One connection, busy with at most one call. */
export class Lane extends Timed implements ResponseSink {
  /** No answer has come over it yet, so it cannot be a stale one. */
  fresh = true
  connected = false
  /** On the list of those that wait for a call. */
  free = false
  rider: Rider | undefined
  /** Bytes of an answer have come since the request was sent. */
  heard = false
  /** The request of the call that it carries was written. */
  #sent = false
  /** Whether another call may follow. */
  usable = true
  readonly #options: LaneOptions
  readonly #reader: ResponseReader
  readonly #onGone: (lane: Lane) => void
  #socket: Socket | undefined
  #cancel: (() => void) | undefined
  #paused = false
  /** The head of the answer has come: a pause holds back what follows it. */
  #answering = false
  /** What came while it was paused. */
  #held: Buffer[] = []
  /** The other side has said its last. */
  #ended = false
  /** How the connection ended while it was paused. */
  #failure: Error | undefined
  /** Milliseconds that it may wait for a call. */
  #keep: number
  #endsAt = Infinity
  #view: Buffer | undefined

  /** @param onGone called when the connection ends that no call uses */
  constructor(options: LaneOptions, onGone: (lane: Lane) => void) {
    super()
    this.#options = options
    this.#onGone = onGone
    this.#keep = options.keepAliveTimeout
    this.#reader = new ResponseReader(this, options.maxHeaderSize)
  }

  /** Carries a call: at once, or when the connection stands. */
  carry(rider: Rider): void {
    this.rider = rider
    this.#sent = false
    rider.lane = this
    if (this.#socket !== undefined) outbox.add(this)
    else if (this.#cancel === undefined) this.#cancel = this.#options.dial((error, socket) => this.#dialled(error, socket))
  }

  /** Waits for a call, for so long. */
  rest(): void {
    const { deadlines } = this.#options
    const now = deadlines.now()
    this.free = true
    this.#endsAt = now + this.#keep
    deadlines.watch(this, this.#endsAt, now)
    // A connection that waits keeps no process alive.
    this.#socket?.unref()
  }

  /** The wait is over. */
  wake(): void {
    this.free = false
    this.#endsAt = Infinity
    this.#options.deadlines.forget(this)
    this.#socket?.ref()
  }

  /** Called by the deadlines' timer. */
  override check(now: number): number {
    if (this.#endsAt - now >= 1) return this.#endsAt
    this.#gone()
    return Infinity
  }

  /** Holds back the body; the head comes all the same. */
  pause(): void {
    this.#paused = true
    if (this.#answering) this.#socket?.pause()
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    // Before what was held: the call may end within it, and the connection goes on.
    this.#socket?.resume()
    const held = this.#held
    this.#held = []
    // Paused again within one, it is held from there on, and so are the others.
    for (const bytes of held) this.#read(bytes)
    if (this.#paused) return
    // Also when the call ended within what was held: the connection must not carry another one.
    if (this.#ended) this.#close()
    else if (this.#failure !== undefined) this.#lost(this.#failure)
  }

  /** Ends the connection, or the attempt to make it, now. */
  destroy(): void {
    this.usable = false
    this.rider = undefined
    this.connected = false
    this.#held = []
    this.#options.deadlines.forget(this)
    this.#cancel?.()
    this.#socket?.destroy()
  }

  /** As {@link destroy}; resolves when the socket is closed. */
  gone(): Promise<void> {
    const socket = this.#socket
    const ended = socket === undefined || socket.closed ? Promise.resolve() : new Promise<void>((resolve) => void socket.once('close', () => resolve()))
    this.destroy()
    return ended
  }

  /** The reader waits while the call does, and for ever once it is over. */
  get stopped(): boolean {
    return this.#holding || this.rider === undefined
  }

  get #holding(): boolean {
    return this.#paused && this.#answering
  }

  onHead(head: ResponseHead): void {
    if (head.status >= 200) {
      this.usable = head.keepAlive
      this.#keep = keptFor(head.headers['keep-alive'], this.#options.keepAliveTimeout)
      if (this.#keep <= 0) this.usable = false
    }
    this.#answering = head.status >= 200
    this.rider?.onHead(head.status, head.headers)
    if (this.#holding) this.#socket?.pause()
  }

  onBody(piece: Buffer): void {
    this.rider?.onData(this.#view === undefined ? piece : copyOf(piece))
  }

  onEnd(): void {
    // A request that is not written yet would be taken for the next one.
    const socket = this.#socket!
    if (socket.writableLength > 0) this.usable = false
    if (this.#paused) {
      this.#paused = false
      socket.resume()
    }
    this.rider?.onEnd()
  }

  #dialled(error: Error | null, socket: Socket | null): void {
    this.#cancel = undefined
    const { rider } = this
    if (error !== null || socket === null) {
      rider?.onBroken(error ?? closed)
      return
    }
    this.#socket = socket
    this.connected = true
    hearSocket(socket, {
      onBytes: (bytes, shared) => this.#receive(bytes, shared),
      onEnd: () => {
        this.#ended = true
        if (!this.#holding) this.#close()
      },
      onBroken: (broken) => {
        if (!this.#holding) this.#lost(broken ?? closed)
        else this.#failure ??= broken ?? closed
      },
    })
    this.send()
  }

  /** Writes the request of the call that it carries. */
  send(): void {
    const { rider } = this
    const socket = this.#socket
    // The call may be over by now.
    if (rider === undefined || socket === undefined) return
    this.#sent = true
    this.heard = false
    this.#answering = false
    this.#reader.expect(rider.message.method === 'HEAD')
    writeRequest(socket, rider.message)
    rider.onSent()
  }

  /** @param shared the bytes are overwritten when this returns */
  #receive(bytes: Buffer, shared: boolean): void {
    if (!this.#sent || this.rider === undefined) {
      // Nothing was asked: whatever this is, it is not the next answer.
      this.#lost(closed)
      return
    }
    this.heard = true
    if (this.#holding) {
      this.#held.push(shared ? copyOf(bytes) : bytes)
      return
    }
    if (shared) this.#view = bytes
    this.#read(bytes)
    this.#view = undefined
  }

  #read(bytes: Buffer): void {
    let used
    try {
      used = this.#reader.read(bytes)
    } catch (error) {
      if (error instanceof Malformed) this.#lost(error)
      else throw error
      return
    }
    if (used === bytes.length) return
    const rest = bytes.subarray(used)
    // More than was announced.
    if (this.#reader.done) this.#excess()
    else if (this.#holding) this.#held.push(this.#view === undefined ? rest : copyOf(rest))
  }

  #excess(): void {
    this.usable = false
    if (this.rider === undefined) this.#gone()
  }

  #close(): void {
    const { rider } = this
    this.usable = false
    if (rider === undefined || !this.#sent || (!this.#reader.close() && this.rider === rider)) this.#lost(closed)
  }

  #lost(error: Error): void {
    const { rider } = this
    this.usable = false
    if (rider === undefined) this.#gone()
    else rider.onBroken(error)
  }

  #gone(): void {
    this.destroy()
    this.#onGone(this)
  }
}

/** Requests leave together at the end of a turn. */
const outbox = new TurnQueue<Lane>((lane) => lane.send())

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length)
  bytes.copy(copy)
  return copy
}
