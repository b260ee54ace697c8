import { inspect } from 'node:util'
import type { Clock, Host, Http, Log } from '@tianjillm/core'
import { createFakeClock, type FakeClock } from './clock.ts'

export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: object
  readonly message: string
}

/** A host for one plugin instance, which remembers what was logged. */
export interface TestHost<C extends Clock = Clock> extends Host {
  readonly clock: C
  readonly entries: readonly LogEntry[]
  /** All that was logged, as text: for "the secret is nowhere in it". */
  logText(): string
}

/** Options of {@link createTestHost}. */
export interface TestHostOptions<C extends Clock = Clock> {
  /** Default: refuses every call, which shows unexpected I/O. */
  readonly http?: Http
  /** Default: a fake clock. */
  readonly clock?: C
}

/** What a plugin's `create` takes, for tests. */
export function createTestHost<C extends Clock = FakeClock>({ http = noHttp, clock }: TestHostOptions<C> = {}): TestHost<C> {
  const entries: LogEntry[] = []
  const write = (level: LogEntry['level']) => (fields: object, message: string): void => void entries.push({ level, fields, message })
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  return {
    http, log, entries,
    clock: clock ?? (createFakeClock() as Clock as C),
    logText: () => entries.map((entry) => `${entry.level} ${entry.message} ${everything(entry.fields)}`).join('\n'),
  }
}

/** All that can be read from a value: deep, with hidden fields, causes and stacks. */
export function everything(value: unknown): string {
  return inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null, breakLength: Infinity })
}

const noHttp: Http = {
  open: ({ method, url }) => { throw new Error(`Unexpected I/O: ${method} ${url}. Give createTestHost an \`http\`.`) },
  send: async ({ method, url }) => { throw new Error(`Unexpected I/O: ${method} ${url}. Give createTestHost an \`http\`.`) },
}
