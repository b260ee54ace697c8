import postgres from 'postgres'
import { type Database, plainError, type Value } from './database.ts'

const CONNECT_SECONDS = 2

/** A server, over a few connections that are made when they are needed. */
export function connectServer(url: string, maxConnections: number): Database {
  const sql = postgres(url, { max: maxConnections, connect_timeout: CONNECT_SECONDS, onnotice: () => {}, connection: { application_name: 'tianjillm-cache' } })
  const plainly = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      throw plainError(error)
    }
  }
  return {
    query: (text, values) => plainly(async () => sql.unsafe(text, values.map(parameterOf), { prepare: true })),
    // Statements that are sent together are one transaction.
    script: (text) => plainly(async () => void (await sql.unsafe(text))),
    close: () => sql.end({ timeout: 1 }),
  }
}

function parameterOf(value: Value): string | number | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value
}
