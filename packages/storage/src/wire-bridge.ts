import type { Socket } from 'node:net'

/** The database behind the bridge: bytes of the PostgreSQL protocol in, bytes out. */
export interface WireDatabase {
  exec(message: Uint8Array, onReply: (bytes: Uint8Array) => void): Promise<void>
}

/** A connection that holds the database in a transaction, and says nothing, is cut after this time. */
const IDLE_IN_TRANSACTION_MS = 30_000

const SSL_REQUEST = 80877103
const CANCEL_REQUEST = 80877102
const PROTOCOL_3 = 196608

/**
 * Lets several connections share a database that has one session. What one connection sends up to a
 * `Sync` or `Query` that leaves no transaction open runs alone; others wait. So transactions exclude each other,
 * and unnamed statements of two connections do not mix. What belongs to a session (`SET`, `LISTEN`,
 * session locks, temporary tables) is shared: use the transaction's forms.
 *
 * Protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class WireBridge {
  readonly #database: WireDatabase
  readonly #onBroken: (error: unknown) => void
  readonly #waiting = new Set<Connection>()
  readonly #connections = new Set<Connection>()
  #owner: Connection | undefined
  #busy = false
  #impatient: NodeJS.Timeout | undefined

  /** @param onBroken called when the database itself failed: nothing more will come from it */
  constructor(database: WireDatabase, onBroken: (error: unknown) => void) {
    this.#database = database
    this.#onBroken = onBroken
  }

  /** Serves one more client. */
  accept(socket: Socket): void {
    const connection = new Connection(socket, () => {
      this.#waiting.add(connection)
      void this.#serve()
    })
    this.#connections.add(connection)
  }

  /** Cuts all clients off. */
  close(): void {
    clearTimeout(this.#impatient)
    for (const { socket } of this.#connections) socket.destroy()
  }

  async #serve(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#run(next)
    } catch (error) {
      this.#onBroken(error)
    } finally {
      this.#busy = false
    }
  }

  /** Who is served now: the owner of a transaction when it has something to say, else whoever waits longest. */
  #next(): Connection | undefined {
    const next = this.#owner ?? this.#waiting.values().next().value
    return next !== undefined && this.#waiting.delete(next) ? next : undefined
  }

  async #run(connection: Connection): Promise<void> {
    const { bytes, complete } = connection.take()
    let tail = Buffer.alloc(0)
    if (bytes.length > 0 && !connection.gone) {
      this.#own(connection)
      clearTimeout(this.#impatient)
      await this.#database.exec(bytes, (reply) => {
        // The reply lies in the database's own memory.
        const copy = Buffer.from(reply)
        tail = copy.length >= 6 ? copy.subarray(-6) : Buffer.concat([tail, copy]).subarray(-6)
        connection.socket.write(copy)
      })
      // Arms the watch anew for an owner that stays.
      this.#own(complete && isIdle(tail) ? undefined : connection)
    }
    if (!connection.gone) return
    this.#connections.delete(connection)
    if (this.#owner !== connection) return
    await this.#database.exec(rollback, () => {})
    this.#own(undefined)
  }

  #own(connection: Connection | undefined): void {
    this.#owner = connection
    clearTimeout(this.#impatient)
    if (connection) this.#impatient = setTimeout(() => connection.socket.destroy(), IDLE_IN_TRANSACTION_MS).unref()
  }
}

/** `ReadyForQuery` outside of a transaction. */
function isIdle(tail: Buffer): boolean {
  return tail.length === 6 && tail.toString('latin1') === 'Z\0\0\0\x05I'
}

const rollback = message('Q', Buffer.from('ROLLBACK\0'))

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Answered by the bridge: the database has one session, which is open already. */
const welcome = Buffer.concat([
  message('R', Buffer.alloc(4)),
  ...Object.entries({ server_version: '18.0', server_encoding: 'UTF8', client_encoding: 'UTF8', DateStyle: 'ISO, MDY', TimeZone: 'UTC', integer_datetimes: 'on', standard_conforming_strings: 'on' })
    .map(([name, value]) => message('S', Buffer.from(`${name}\0${value}\0`))),
  message('K', Buffer.alloc(8)),
  message('Z', Buffer.from('I')),
])

/** One client: cuts its bytes into messages, and greets it. */
class Connection {
  readonly socket: Socket
  readonly #ready: () => void
  #bytes: Buffer = Buffer.alloc(0)
  #greeted = false
  gone = false

  constructor(socket: Socket, ready: () => void) {
    this.socket = socket
    this.#ready = ready
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
      if (!this.#greeted) this.#greet()
      if (this.#greeted && this.#whole().length > 0) ready()
    })
    // `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => {
      this.gone = true
      ready()
    })
  }

  /** All whole messages, and whether the last one asks for `ReadyForQuery`. */
  take(): { readonly bytes: Buffer; readonly complete: boolean } {
    const bytes = this.#whole()
    this.#bytes = this.#bytes.subarray(bytes.length)
    let last = 0
    for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) last = at
    const type = String.fromCharCode(bytes[last] ?? 0)
    if (type === 'X') {
      this.socket.end()
      return { bytes: bytes.subarray(0, last), complete: true }
    }
    return { bytes, complete: type === 'S' || type === 'Q' }
  }

  #whole(): Buffer {
    let end = 0
    while (end + 5 <= this.#bytes.length) {
      const next = end + 1 + this.#bytes.readInt32BE(end + 1)
      if (next > this.#bytes.length) break
      end = next
    }
    return this.#bytes.subarray(0, end)
  }

  /** Start-up messages have no type byte. */
  #greet(): void {
    while (!this.#greeted && this.#bytes.length >= 8) {
      const length = this.#bytes.readInt32BE(0)
      const code = this.#bytes.readInt32BE(4)
      if (this.#bytes.length < length) return
      this.#bytes = this.#bytes.subarray(length)
      if (code === SSL_REQUEST) this.socket.write('N')
      else if (code === PROTOCOL_3) {
        this.#greeted = true
        this.socket.write(welcome)
      } else {
        // A cancel request has no answer; anything else is not for us.
        if (code !== CANCEL_REQUEST) this.#ready()
        this.socket.destroy()
        return
      }
    }
  }
}
