import type { Log } from '@tianjillm/core'
import { pino } from 'pino'
import { createLineWriter, type LineWriter } from './line-writer.ts'

/** The proxy's log: pino for what happens, a plain line for each request. */
export interface ProxyLog extends Log {
  /**
   * Writes one finished request. The hot path's log: no pino in between.
   * @param members what is told of it, as the inside of a JSON object
   * @param at when, in milliseconds since the epoch
   */
  request(members: string, at: number): void
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
    request(members: string, at: number) {
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
      out.write(`${time}${members},"msg":"request"}\n`)
    },
    flush: () => out.flush(),
  })
}
