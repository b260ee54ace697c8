import type { RequestListener } from 'node:http'
import type { Connector, ConnectorOptions } from '../index.ts'
import { testCertificate } from './certificate.ts'
import { connector, httpServer, httpsServer, type TestServer, tunnelTo } from './servers.ts'

/** How a connection gets to its server: as it is, over TLS, over TLS in a tunnel. */
export const ways = ['tcp', 'tls', 'tunnel'] as const
export type Way = (typeof ways)[number]

/** A server that is reached this way, and a connector that does it. */
export async function reach(way: Way, listener: RequestListener, options: ConnectorOptions = {}): Promise<{ server: TestServer; http: Connector }> {
  const server = await (way === 'tcp' ? httpServer(listener) : httpsServer(listener))
  const proxy = way === 'tunnel' ? { httpsProxy: (await tunnelTo(server.port)).url } : {}
  return { server, http: connector({ ...options, ...proxy, tls: { ca: testCertificate } }) }
}
