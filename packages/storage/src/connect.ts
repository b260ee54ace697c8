import { Socket } from 'node:net'
import postgres, { type Sql } from 'postgres'
import type { EmbeddedDatabase } from './embedded-database.ts'
import { readServerAddress } from './server-address.ts'

const DEFAULT_CONNECTIONS = 5
const LONGEST_BACKOFF_S = 1

/** Connections to the embedded database, or to the server behind a URL. */
export function connect(embedded: EmbeddedDatabase | undefined, url: string | undefined, most: number | undefined): Sql {
  // A database that comes back is found within a second.
  const common = { onnotice: () => {}, fetch_types: false, backoff: (attempt: number): number => Math.min(0.05 * 2 ** attempt, LONGEST_BACKOFF_S) }
  if (embedded) {
    // One session answers everybody: more connections bring nothing but one that reads while another writes.
    // postgres.js calls `socket` for each connection; its types do not say so.
    const options: postgres.Options<Record<string, never>> & { socket: () => Promise<Socket> } = { ...common, max: 3, socket: () => embedded.connect().catch(broken) }
    return postgres(options)
  }
  const { maxConnections, schema, connectTimeout, prepare = true, ...address } = readServerAddress(url!)
  return postgres(address.url, {
    ...common,
    max: maxConnections ?? most ?? DEFAULT_CONNECTIONS,
    connect_timeout: connectTimeout ?? 10,
    prepare,
    connection: { application_name: 'tianjillm', ...(schema !== undefined && { search_path: schema }) },
  })
}

/** A connection that fails: postgres.js never uses a connection again whose `socket` rejected, but copes with this. */
function broken(error: Error): Socket {
  const socket = new Socket()
  setImmediate(() => socket.destroy(error))
  return socket
}
