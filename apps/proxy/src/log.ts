import { write } from 'node:fs'
import type { Log } from '@tianjillm/core'
import { pino } from 'pino'

/** The proxy's log: pino for what happens, a plain line for each request. */
export interface ProxyLog extends Log {
  /** Writes one finished request. The hot path's log: serialised once, no pino in between. @param at when, in milliseconds since the epoch */
  request(fields: object, at: number): void
  /** Resolves when every line is written, or its reader is gone. */
  flush(): Promise<void>
}

const levels = new Set(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
const INFO = 30

/**
 * JSON lines on standard output. Lines wait in a buffer and leave in blocks, at the latest after a
 * second, so that a request never waits for the terminal.
 *
 * @param level pino's level; LiteLLM's spellings (`DEBUG`, `WARNING`) are understood
 */
export function createLog(level = 'info', out: LineWriter = createLineWriter(1)): ProxyLog {
  const wanted = level.toLowerCase().replace('warning', 'warn')
  const log = pino({ level: levels.has(wanted) ? wanted : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }, out)
  const says = log.isLevelEnabled('info')
  let second = 0
  let stamp = ''
  let lastAt = 0
  let time = ''
  return Object.assign(log as Log, {
    request(fields: object, at: number) {
      if (!says) return
      if (at !== lastAt) {
        lastAt = at
        // A date is dear to write out: the seconds are written once each, the milliseconds behind them.
        const now = Math.floor(at / 1000)
        if (now !== second) {
          second = now
          stamp = `{"level":${INFO},"time":"${new Date(at).toISOString().slice(0, 20)}`
        }
        time = `${stamp}${String(at % 1000).padStart(3, '0')}Z",`
      }
      out.write(`${time}${membersOf(fields)}"msg":"request"}\n`)
    },
    flush: () => out.flush(),
  })
}

/** The members of a flat object as JSON, each with a comma behind it. Names are ours and need no escape; a text without anything to escape is only quoted. */
function membersOf(fields: object): string {
  let members = ''
  for (const name in fields) {
    const value = (fields as Readonly<Record<string, unknown>>)[name]
    if (value === undefined) continue
    if (typeof value === 'string') members += escapes.test(value) ? `"${name}":${JSON.stringify(value)},` : `"${name}":"${value}",`
    else if (typeof value === 'boolean' || Number.isFinite(value)) members += `"${name}":${String(value)},`
    else members += `"${name}":${JSON.stringify(value)},`
  }
  return members
}

/** What JSON.stringify writes otherwise than it is. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const escapes = /["\\\u0000-\u001f\ud800-\udfff]/

/** Where log lines go. */
export interface LineWriter {
  write(line: string): void
  flush(): Promise<void>
}

/** Characters that leave at once. */
const BLOCK = 64 * 1024
const FLUSH_MS = 1000

/** Buffers lines for a file descriptor; one write under way at a time keeps them in order. */
function createLineWriter(fd: number): LineWriter {
  let waiting = ''
  let writing = false
  let whenWritten: (() => void)[] = []
  const send = (): void => {
    if (writing || waiting === '') return
    writing = true
    const bytes = Buffer.from(waiting)
    waiting = ''
    push(bytes, 0)
  }
  const push = (bytes: Buffer, from: number): void => {
    write(fd, bytes, from, bytes.length - from, null, (error, count) => {
      const done = from + (count ?? 0)
      if (error?.code === 'EAGAIN') setTimeout(push, 10, bytes, done)
      // Another error says that the reader is gone: there is nobody to tell.
      else if (!error && done < bytes.length) push(bytes, done)
      else settle()
    })
  }
  const settle = (): void => {
    writing = false
    if (waiting.length >= BLOCK || whenWritten.length > 0) send()
    if (writing) return
    for (const resolve of whenWritten) resolve()
    whenWritten = []
  }
  setInterval(send, FLUSH_MS).unref()
  return {
    write(line) {
      waiting += line
      if (waiting.length >= BLOCK) send()
    },
    flush: () =>
      new Promise((resolve) => {
        whenWritten.push(resolve)
        if (!writing) settle()
      }),
  }
}
